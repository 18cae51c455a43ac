# language: ja
機能: 医療費控除と雑損控除
  総所得金額等を基に、医療費控除、その特例、雑損控除を求める。

  @req:010-4.2.1-15
  シナリオアウトライン: 総所得金額等300万円の者の医療費<医療費>、補填額<補填額>の医療費控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 事業所得    | 医療費   | 医療費の補填額 |
      | 3,000,000円 | <医療費> | <補填額>       |
    もし 「個人住民税の計算」を行う
    ならば 「医療費控除」は「<控除額>」である

    例: 10万円の両側と補填額
      | 医療費    | 補填額    | 控除額    | 出典                                                                                    |
      | 100,000円 | 0円       | 0円       | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 100,001円 | 0円       | 1円       | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 250,000円 | 50,000円  | 100,000円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 250,000円 | 150,000円 | 0円       | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 250,000円 | 300,000円 | 0円       | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |

  @req:010-4.2.1-15
  シナリオ: 尼崎市の計算例では、公的年金等の所得210万円の者の医療費20万円の医療費控除は10万円である（事例 KJ-009）
    前提 「課税年度」は「令和3年度」である
    かつ 次の「個人の状況」が登録されている
      | 生年月日   |
      | 1945-05-05 |
    かつ 次の「課税資料」が登録されている
      | 公的年金等収入 | 医療費    |
      | 3,200,000円    | 200,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「医療費控除」は「100,000円」である

  @req:010-4.2.1-16
  シナリオアウトライン: 総所得金額等<総所得金額等>の者の医療費15万円の医療費控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 事業所得       | 医療費    |
      | <総所得金額等> | 150,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「医療費控除」は「<控除額>」である

    例: 5％が10万円になる200万円の両側
      | 総所得金額等 | 控除額    | 出典                                                                                    |
      | 1,000,000円  | 100,000円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 1,999,980円  | 50,001円  | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 2,000,000円  | 50,000円  | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 2,000,020円  | 50,000円  | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |

  @req:010-4.2.1-17
  シナリオアウトライン: 医療費<医療費>の医療費控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 事業所得     | 医療費   |
      | 10,000,000円 | <医療費> |
    もし 「個人住民税の計算」を行う
    ならば 「医療費控除」は「<控除額>」である

    例: 200万円の両側
      | 医療費      | 控除額      | 出典                                                                                       |
      | 2,099,999円 | 1,999,999円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/kojiin/shikenminzei/syotokukoujo.html |
      | 2,100,000円 | 2,000,000円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/kojiin/shikenminzei/syotokukoujo.html |
      | 2,100,001円 | 2,000,000円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/kojiin/shikenminzei/syotokukoujo.html |
      | 5,000,000円 | 2,000,000円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/kojiin/shikenminzei/syotokukoujo.html |

  @req:010-4.2.1-18
  シナリオアウトライン: 特定一般用医薬品等購入費<購入費>の医療費控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 事業所得    | 特定一般用医薬品等購入費 |
      | 3,000,000円 | <購入費>                 |
    もし 「個人住民税の計算」を行う
    ならば 「医療費控除」は「<控除額>」である

    例: 12,000円と、88,000円の両側
      | 購入費    | 控除額   | 出典                                                                                    |
      | 11,000円  | 0円      | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 12,000円  | 0円      | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 12,001円  | 1円      | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 50,000円  | 38,000円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 99,999円  | 87,999円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 100,000円 | 88,000円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 100,001円 | 88,000円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |

  @req:010-4.2.1-19
  シナリオアウトライン: 特定一般用医薬品等購入費<購入費>を申告した者の、医療費30万円があるときの医療費控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 事業所得    | 医療費    | 特定一般用医薬品等購入費 |
      | 3,000,000円 | 300,000円 | <購入費>                 |
    もし 「個人住民税の計算」を行う
    ならば 「医療費控除」は「<控除額>」である

    例: 特例を選んだ者は医療費の額によらない
      | 購入費   | 控除額    | 出典                                                                                    |
      | 50,000円 | 38,000円  | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 0円      | 200,000円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |

  @req:010-4.2.1-20
  シナリオアウトライン: 総所得金額等300万円の者の損失額<損失額>の雑損控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 事業所得    | 雑損の損失額 |
      | 3,000,000円 | <損失額>     |
    もし 「個人住民税の計算」を行う
    ならば 「雑損控除」は「<控除額>」である

    例: 総所得金額等の一割の両側
      | 損失額      | 控除額    | 出典                                                                                    |
      | 1,000,000円 | 700,000円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 300,000円   | 0円       | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 300,001円   | 1円       | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |

  @req:010-4.2.1-21
  シナリオアウトライン: 総所得金額等600万円の者の損失額のうち災害関連支出<支出>の雑損控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 事業所得    | 雑損の損失額 | 災害関連支出 |
      | 6,000,000円 | <支出>       | <支出>       |
    もし 「個人住民税の計算」を行う
    ならば 「雑損控除」は「<控除額>」である

    例: 5万円の両側
      | 支出      | 控除額    | 出典                                                                                    |
      | 200,000円 | 150,000円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 50,000円  | 0円       | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 50,001円  | 1円       | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |

  @req:010-4.2.1-22
  シナリオアウトライン: 総所得金額等600万円の者の損失額<損失額>のうち災害関連支出<支出>の雑損控除は大きい方の<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 事業所得    | 雑損の損失額 | 災害関連支出 |
      | 6,000,000円 | <損失額>     | <支出>       |
    もし 「個人住民税の計算」を行う
    ならば 「雑損控除」は「<控除額>」である

    例: 一割を差し引く式と5万円を差し引く式の大きい方
      | 損失額      | 支出      | 控除額      | 出典                                                                                    |
      | 2,000,000円 | 500,000円 | 1,400,000円 | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 800,000円   | 500,000円 | 450,000円   | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 1,050,000円 | 500,000円 | 450,000円   | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
      | 1,050,001円 | 500,000円 | 450,001円   | https://www.city.matsue.lg.jp/soshikikarasagasu/zaiseibu_shiminzeika/zeikin/3/1182.html |
