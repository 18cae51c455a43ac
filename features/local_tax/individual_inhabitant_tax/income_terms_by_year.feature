# language: ja
機能: 年度ごとの所得と控除の条件
  給与所得控除、所得要件、控除の有無を課税年度ごとに持つ。

  @req:010-1.1.2-01
  シナリオアウトライン: <課税年度>の給与収入110万円の給与所得は<給与所得>である（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    |
      | 1,100,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 最低保障額 55万円、65万円、74万円
      | 事例   | 課税年度  | 給与所得  | 出典                                                                                  |
      | 速算表 | 令和3年度 | 550,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html  |
      | 速算表 | 令和4年度 | 550,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html  |
      | 速算表 | 令和5年度 | 550,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html  |
      | 速算表 | 令和6年度 | 550,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html  |
      | 速算表 | 令和7年度 | 550,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html  |
      | KJ-050 | 令和8年度 | 450,000円 | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |
      | 条文   | 令和9年度 | 360,000円 | https://github.com/JapanFinance/kei3                                                  |

  @req:010-1.1.2-02
  シナリオアウトライン: <課税年度>の合計所得金額<所得>の扶養親族（30歳）の扶養控除は<扶養控除>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 | 親族の合計所得金額 |
      | 扶養親族   | 1992-03-03     | <所得>             |
    かつ 次の「課税資料」が登録されている
      | 給与収入    |
      | 6,000,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「扶養控除」は「<扶養控除>」である

    例: 48万円、58万円、62万円の両側
      | 課税年度  | 所得      | 扶養控除  | 出典                                                                      |
      | 令和3年度 | 480,000円 | 330,000円 | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和3年度 | 480,001円 | 0円       | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和4年度 | 480,000円 | 330,000円 | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和4年度 | 480,001円 | 0円       | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和5年度 | 480,000円 | 330,000円 | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和5年度 | 480,001円 | 0円       | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和6年度 | 480,000円 | 330,000円 | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和6年度 | 480,001円 | 0円       | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和7年度 | 480,000円 | 330,000円 | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和7年度 | 480,001円 | 0円       | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和8年度 | 580,000円 | 330,000円 | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |
      | 令和8年度 | 580,001円 | 0円       | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |
      | 令和9年度 | 620,000円 | 330,000円 | https://github.com/JapanFinance/kei3                                      |
      | 令和9年度 | 620,001円 | 0円       | https://github.com/JapanFinance/kei3                                      |

  @req:010-1.1.2-03
  シナリオアウトライン: <課税年度>の合計所得金額<所得>の配偶者の配偶者控除は<配偶者控除>で、配偶者特別控除は<配偶者特別控除>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 | 親族の合計所得金額 |
      | 配偶者     | 1982-03-03     | <所得>             |
    かつ 次の「課税資料」が登録されている
      | 給与収入    |
      | 6,000,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「配偶者控除」は「<配偶者控除>」である
    かつ 「配偶者特別控除」は「<配偶者特別控除>」である

    例: 48万円、58万円、62万円の両側
      | 課税年度  | 所得      | 配偶者控除 | 配偶者特別控除 | 出典                                                                                                                                         |
      | 令和3年度 | 480,000円 | 330,000円  | 0円            | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和3年度 | 480,001円 | 0円        | 330,000円      | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和4年度 | 480,000円 | 330,000円  | 0円            | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和4年度 | 480,001円 | 0円        | 330,000円      | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和5年度 | 480,000円 | 330,000円  | 0円            | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和5年度 | 480,001円 | 0円        | 330,000円      | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和6年度 | 480,000円 | 330,000円  | 0円            | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和6年度 | 480,001円 | 0円        | 330,000円      | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和7年度 | 480,000円 | 330,000円  | 0円            | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和7年度 | 480,001円 | 0円        | 330,000円      | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                                                                                       |
      | 令和8年度 | 580,000円 | 330,000円  | 0円            | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和8年度 | 580,001円 | 0円        | 330,000円      | https://www.city.narashino.lg.jp/soshiki/shiminzei/gyomu/zeikin/kojinnoshikenminzei/keisanhoho/shotokukojogaku/haigushahaigushatokubetu.html |
      | 令和9年度 | 620,000円 | 330,000円  | 0円            | https://github.com/JapanFinance/kei3                                                                                                         |
      | 令和9年度 | 620,001円 | 0円        | 330,000円      | https://github.com/JapanFinance/kei3                                                                                                         |

  @req:010-1.1.2-04
  シナリオアウトライン: <課税年度>の給与収入<給与収入>の勤労学生の勤労学生控除は<勤労学生控除>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「個人の状況」が登録されている
      | 生年月日   | 勤労学生 |
      | 2004-09-09 | はい     |
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「勤労学生控除」は「<勤労学生控除>」である

    例: 合計所得金額75万円、85万円の両側（令和9年度の89万円は公式の表と未照合）
      | 課税年度  | 給与収入    | 勤労学生控除 | 出典                                                                      |
      | 令和3年度 | 1,300,000円 | 260,000円    | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和3年度 | 1,300,001円 | 0円          | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和4年度 | 1,300,000円 | 260,000円    | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和4年度 | 1,300,001円 | 0円          | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和5年度 | 1,300,000円 | 260,000円    | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和5年度 | 1,300,001円 | 0円          | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和6年度 | 1,300,000円 | 260,000円    | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和6年度 | 1,300,001円 | 0円          | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和7年度 | 1,300,000円 | 260,000円    | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和7年度 | 1,300,001円 | 0円          | https://www.town.uchiko.ehime.jp/soshiki/5/145066.html                    |
      | 令和8年度 | 1,500,000円 | 260,000円    | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |
      | 令和8年度 | 1,500,001円 | 0円          | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |
      | 令和9年度 | 1,630,000円 | 260,000円    | （公式の表と未照合）                                                      |
      | 令和9年度 | 1,630,001円 | 0円          | （公式の表と未照合）                                                      |

  @req:010-1.1.2-05
  シナリオアウトライン: <課税年度>の合計所得金額<所得>の20歳の親族の特定親族特別控除は<控除額>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 | 親族の合計所得金額 |
      | 扶養親族   | <生年月日>     | <所得>             |
    かつ 次の「課税資料」が登録されている
      | 給与収入    |
      | 6,000,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「特定親族特別控除」は「<控除額>」である

    例: 令和8年度から始まる控除
      | 課税年度  | 生年月日   | 所得      | 控除額    | 出典                                                                      |
      | 令和3年度 | 2000-08-01 | 900,000円 | 0円       | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |
      | 令和6年度 | 2003-08-01 | 900,000円 | 0円       | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |
      | 令和7年度 | 2004-08-01 | 900,000円 | 0円       | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |
      | 令和8年度 | 2005-08-01 | 900,000円 | 450,000円 | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |
      | 令和9年度 | 2006-08-01 | 900,000円 | 450,000円 | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |
      | 令和9年度 | 2006-08-01 | 620,000円 | 0円       | https://github.com/JapanFinance/kei3                                      |
      | 令和9年度 | 2006-08-01 | 620,001円 | 450,000円 | https://github.com/JapanFinance/kei3                                      |

  @req:010-1.1.2-06
  シナリオアウトライン: <課税年度>の<生年月日>生まれの国外居住の扶養親族の扶養控除は<扶養控除>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「親族」が登録されている
      | 続柄の区分 | 親族の生年月日 | 国外居住   | 障害の程度 |
      | 扶養親族   | <生年月日>     | <国外居住> | <障害>     |
    かつ 次の「課税資料」が登録されている
      | 給与収入    |
      | 6,000,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「扶養控除」は「<扶養控除>」である

    例: 令和6年度からの30歳以上70歳未満の除外（留学と38万円以上の送金のない者）
      | 課税年度  | 生年月日   | 国外居住 | 障害     | 扶養控除  | 出典                                                 |
      | 令和5年度 | 1990-05-05 | はい     | 該当なし | 330,000円 | http://www.city.nakano.nagano.jp/docs/2023112800045/ |
      | 令和6年度 | 1994-01-02 | はい     | 該当なし | 330,000円 | http://www.city.nakano.nagano.jp/docs/2023112800045/ |
      | 令和6年度 | 1994-01-01 | はい     | 該当なし | 0円       | http://www.city.nakano.nagano.jp/docs/2023112800045/ |
      | 令和6年度 | 1954-01-02 | はい     | 該当なし | 0円       | http://www.city.nakano.nagano.jp/docs/2023112800045/ |
      | 令和6年度 | 1954-01-01 | はい     | 該当なし | 380,000円 | http://www.city.nakano.nagano.jp/docs/2023112800045/ |
      | 令和6年度 | 1945-05-05 | はい     | 該当なし | 380,000円 | http://www.city.nakano.nagano.jp/docs/2023112800045/ |
      | 令和6年度 | 1990-05-05 | はい     | 普通障害 | 330,000円 | http://www.city.nakano.nagano.jp/docs/2023112800045/ |
      | 令和6年度 | 1990-05-05 | いいえ   | 該当なし | 330,000円 | http://www.city.nakano.nagano.jp/docs/2023112800045/ |
      | 令和8年度 | 1990-05-05 | はい     | 該当なし | 0円       | http://www.city.nakano.nagano.jp/docs/2023112800045/ |

  @req:010-1.1.2-07
  シナリオアウトライン: <課税年度>の合計所得金額300万円の者の基礎控除は43万円である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 事業所得    |
      | 3,000,000円 |
    もし 「個人住民税の計算」を行う
    ならば 「基礎控除」は「430,000円」である

    例: 所得税の基礎控除が上がった令和8年度も据置き
      | 課税年度  | 出典                                                                      |
      | 令和3年度 | https://www.city.miura.kanagawa.jp/kurashi/zeikin/8/4129.html             |
      | 令和5年度 | https://www.city.miura.kanagawa.jp/kurashi/zeikin/8/4129.html             |
      | 令和7年度 | https://www.city.miura.kanagawa.jp/kurashi/zeikin/8/4129.html             |
      | 令和8年度 | https://www.city.nisshin.lg.jp/kurashi/sumai/zeikin/shiminnzei/17952.html |

  @req:010-1.1.2-08
  シナリオアウトライン: 条件のない<課税年度>の計算は受け付けられない
    前提 「課税年度」は「<課税年度>」である
    もし 「個人住民税の計算」を行う
    ならば 処理は「年度の条件がない」として拒否される

    例: 条件を持つ令和3年度から令和9年度の外側
      | 課税年度   |
      | 令和2年度  |
      | 令和10年度 |
