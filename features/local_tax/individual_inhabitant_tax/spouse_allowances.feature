# language: ja
機能: 配偶者控除と配偶者特別控除
  配偶者の合計所得金額、年齢と、本人の合計所得金額の段により求める。

  @req:010-4.2.1-33
  シナリオアウトライン: 合計所得金額<合計所得金額>の者の配偶者控除は<配偶者控除>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 |
      | 配偶者     | 1985-08-01     |
    かつ 次の「課税資料」が登録されている
      | 事業所得       |
      | <合計所得金額> |
    もし 「個人住民税の計算」を行う
    ならば 「配偶者控除」は「<配偶者控除>」である

    例: 900万円、950万円、1,000万円の両側
      | 合計所得金額 | 配偶者控除 | 出典                                                                                                                                         |
      | 9,000,000円  | 330,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,000,001円  | 220,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円  | 220,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,001円  | 110,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 110,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,001円 | 0円        | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |

  @req:010-4.2.1-34
  シナリオアウトライン: 合計所得金額<合計所得金額>の者の70歳以上の配偶者の配偶者控除は<配偶者控除>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 |
      | 配偶者     | 1950-08-01     |
    かつ 次の「課税資料」が登録されている
      | 事業所得       |
      | <合計所得金額> |
    もし 「個人住民税の計算」を行う
    ならば 「配偶者控除」は「<配偶者控除>」である

    例: 900万円、950万円、1,000万円の両側
      | 合計所得金額 | 配偶者控除 | 出典                                                                                                                                         |
      | 9,000,000円  | 380,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,000,001円  | 260,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円  | 260,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,001円  | 130,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 130,000円  | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,001円 | 0円        | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |

  @req:010-4.2.1-35
  シナリオアウトライン: 合計所得金額<配偶者の所得>の配偶者の配偶者特別控除は<配偶者特別控除>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 | 親族の合計所得金額 |
      | 配偶者     | 1985-08-01     | <配偶者の所得>     |
    かつ 次の「課税資料」が登録されている
      | 事業所得    |
      | 9,000,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「配偶者特別控除」は「<配偶者特別控除>」である

    例: 段の両側
      | 課税年度  | 配偶者の所得 | 配偶者特別控除 | 出典                                                                                                                                         |
      | 令和8年度 | 580,001円    | 330,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,000,000円  | 330,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,000,001円  | 310,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,050,000円  | 310,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,050,001円  | 260,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,100,000円  | 260,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,100,001円  | 210,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,150,000円  | 210,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,150,001円  | 160,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,200,000円  | 160,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,200,001円  | 110,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,250,000円  | 110,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,250,001円  | 60,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,300,000円  | 60,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,300,001円  | 30,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 1,330,000円  | 30,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和3年度 | 1,050,000円  | 310,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和9年度 | 1,300,001円  | 30,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |

  @req:010-4.2.1-36
  シナリオアウトライン: 合計所得金額<本人の所得>の者の、合計所得金額<配偶者の所得>の配偶者の配偶者特別控除は<配偶者特別控除>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 | 親族の合計所得金額 |
      | 配偶者     | 1985-08-01     | <配偶者の所得>     |
    かつ 次の「課税資料」が登録されている
      | 事業所得     |
      | <本人の所得> |
    もし 「個人住民税の計算」を行う
    ならば 「配偶者特別控除」は「<配偶者特別控除>」である

    例: 900万円を超え950万円まで（三分の二、一万円未満切上げ）
      | 本人の所得  | 配偶者の所得 | 配偶者特別控除 | 出典                                                                                                                                         |
      | 9,000,001円 | 1,000,000円  | 220,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円 | 1,000,000円  | 220,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円 | 1,050,000円  | 210,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円 | 1,100,000円  | 180,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円 | 1,150,000円  | 140,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円 | 1,200,000円  | 110,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円 | 1,250,000円  | 80,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円 | 1,300,000円  | 40,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 9,500,000円 | 1,330,000円  | 20,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |

    例: 950万円を超え1,000万円まで（三分の一、一万円未満切上げ）
      | 本人の所得   | 配偶者の所得 | 配偶者特別控除 | 出典                                                                                                                                         |
      | 9,500,001円  | 1,000,000円  | 110,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 1,000,000円  | 110,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 1,050,000円  | 110,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 1,100,000円  | 90,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 1,150,000円  | 70,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 1,200,000円  | 60,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 1,250,000円  | 40,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 1,300,000円  | 20,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 1,330,000円  | 10,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |

  @req:010-4.2.1-37
  シナリオアウトライン: 合計所得金額<本人の所得>の者の、合計所得金額<配偶者の所得>の配偶者の配偶者特別控除は<配偶者特別控除>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 | 親族の合計所得金額 |
      | 配偶者     | 1985-08-01     | <配偶者の所得>     |
    かつ 次の「課税資料」が登録されている
      | 事業所得     |
      | <本人の所得> |
    もし 「個人住民税の計算」を行う
    ならば 「配偶者特別控除」は「<配偶者特別控除>」である

    例: 配偶者の133万円の両側と、本人の1,000万円の両側
      | 本人の所得   | 配偶者の所得 | 配偶者特別控除 | 出典                                                                                                                                         |
      | 3,000,000円  | 1,330,000円  | 30,000円       | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 3,000,000円  | 1,330,001円  | 0円            | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,000円 | 900,000円    | 110,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 10,000,001円 | 900,000円    | 0円            | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |

  @req:010-4.2.1-38
  シナリオアウトライン: <生年月日>生まれの合計所得金額90万円の配偶者の配偶者特別控除は33万円である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 | 親族の合計所得金額 |
      | 配偶者     | <生年月日>     | 900,000円          |
    かつ 次の「課税資料」が登録されている
      | 給与収入    |
      | 6,000,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「配偶者特別控除」は「330,000円」である

    例: 70歳以上でも額は変わらない
      | 生年月日   | 出典                                                                                                                                         |
      | 1950-08-01 | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 1985-08-01 | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
