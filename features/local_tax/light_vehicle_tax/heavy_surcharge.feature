# language: ja
機能: 初度検査から十三年を過ぎた車両の重課
  年度の初めに十三年を過ぎている三輪以上の車両に重課税率を適用する。

  @req:013-3.2.2-01 @incident:INC-15
  シナリオアウトライン: 初度検査が<初度検査年月>の<種別>は<課税年度>に<税率区分>で<税額>である（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「車両」が登録されている
      | 種別   | 初度検査年月   | 動力     |
      | <種別> | <初度検査年月> | ガソリン |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「<税率区分>」である
    かつ 「税額」は「<税額>」である

    例: 公表された税率表と開始年度
      | 事例   | 種別           | 初度検査年月 | 課税年度   | 税率区分 | 税額     | 出典                                                                                   |
      | KK-014 | 三輪           | 2013-03      | 令和8年度  | 重課     | 4,600円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | KK-020 | 四輪乗用自家用 | 2013-03      | 令和8年度  | 重課     | 12,900円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | KK-023 | 四輪貨物営業用 | 2013-03      | 令和8年度  | 重課     | 4,500円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 税率表 | 四輪乗用営業用 | 2013-03      | 令和8年度  | 重課     | 8,200円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 税率表 | 四輪貨物自家用 | 2013-03      | 令和8年度  | 重課     | 6,000円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | KK-028 | 四輪乗用自家用 | 2012-03      | 令和7年度  | 重課     | 12,900円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html           |
      | KK-030 | 四輪乗用自家用 | 2013-03      | 令和8年度  | 重課     | 12,900円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html           |
      | KK-031 | 四輪乗用自家用 | 2013-04      | 令和9年度  | 重課     | 12,900円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html           |
      | KK-032 | 四輪乗用自家用 | 2015-03      | 令和10年度 | 重課     | 12,900円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html           |

    例: 境目の手前（まだ重課にならない年度と月）
      | 事例 | 種別           | 初度検査年月 | 課税年度   | 税率区分 | 税額     | 出典                                                                         |
      | 境目 | 四輪乗用自家用 | 2012-03      | 令和6年度  | 旧税率   | 7,200円  | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 境目 | 四輪乗用自家用 | 2013-03      | 令和7年度  | 旧税率   | 7,200円  | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 境目 | 四輪乗用自家用 | 2013-04      | 令和8年度  | 旧税率   | 7,200円  | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 境目 | 四輪乗用自家用 | 2015-03      | 令和9年度  | 旧税率   | 7,200円  | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 境目 | 四輪乗用自家用 | 2015-04      | 令和10年度 | 標準税率 | 10,800円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |

  @req:013-3.2.2-02
  シナリオアウトライン: <動力>の車両は十三年を過ぎても重課されない
    前提 「課税年度」は「令和8年度」である
    かつ 次の「車両」が登録されている
      | 種別           | 初度検査年月 | 動力   |
      | 四輪乗用自家用 | 平成24年5月  | <動力> |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「旧税率」である
    かつ 「税額」は「7,200円」である

    例: 重課から除かれる動力（地方税法附則30条1項）
      | 動力         |
      | 電気         |
      | 天然ガス     |
      | メタノール   |
      | ハイブリッド |

  @req:013-3.2.2-02
  シナリオ: 軽油の車両は十三年を過ぎると重課される
    前提 「課税年度」は「令和8年度」である
    かつ 次の「車両」が登録されている
      | 種別           | 初度検査年月 | 動力 |
      | 四輪貨物自家用 | 平成24年5月  | 軽油 |
    もし 「種別割の計算」を行う
    ならば 「税額」は「6,000円」である

  @req:013-3.2.2-03
  シナリオ: 被けん引車は十三年を過ぎても重課されない
    前提 「課税年度」は「令和8年度」である
    かつ 次の「車両」が登録されている
      | 種別           | 初度検査年月 | 被けん引車 |
      | 四輪貨物自家用 | 平成24年5月  | はい       |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「旧税率」である
    かつ 「税額」は「4,000円」である
