# language: ja
機能: 旧税率と標準税率の使い分け
  三輪以上の車両は、初度検査が平成27年3月までなら旧税率、同年4月からなら標準税率である。

  @req:013-3.2.1-01 @incident:INC-15
  シナリオアウトライン: 初度検査が<初度検査年月>の<種別>は<税率区分>で<税額>である（事例 <事例>）
    前提 「課税年度」は「令和8年度」である
    かつ 次の「車両」が登録されている
      | 種別   | 初度検査年月   | 動力     |
      | <種別> | <初度検査年月> | ガソリン |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「<税率区分>」である
    かつ 「税額」は「<税額>」である

    例: 公表された税率表
      | 事例   | 種別           | 初度検査年月 | 税率区分 | 税額     | 出典                                                                                   |
      | KK-013 | 三輪           | 2020-05      | 標準税率 | 3,900円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | KK-019 | 四輪乗用自家用 | 2020-05      | 標準税率 | 10,800円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | KK-021 | 四輪貨物営業用 | 2014-06      | 旧税率   | 3,000円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | KK-022 | 四輪貨物営業用 | 2020-05      | 標準税率 | 3,800円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | KK-024 | 四輪貨物自家用 | 2014-06      | 旧税率   | 4,000円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | KK-025 | 四輪貨物自家用 | 2020-05      | 標準税率 | 5,000円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |

    例: 境目の両側（平成27年3月と4月）
      | 事例 | 種別           | 初度検査年月 | 税率区分 | 税額     | 出典                                                                                   |
      | 境目 | 三輪           | 平成27年3月  | 旧税率   | 3,100円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 境目 | 三輪           | 平成27年4月  | 標準税率 | 3,900円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 境目 | 四輪乗用営業用 | 平成27年3月  | 旧税率   | 5,500円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 境目 | 四輪乗用営業用 | 平成27年4月  | 標準税率 | 6,900円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 境目 | 四輪乗用自家用 | 平成27年3月  | 旧税率   | 7,200円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 境目 | 四輪乗用自家用 | 平成27年4月  | 標準税率 | 10,800円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 境目 | 四輪貨物営業用 | 平成27年3月  | 旧税率   | 3,000円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 境目 | 四輪貨物営業用 | 平成27年4月  | 標準税率 | 3,800円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 境目 | 四輪貨物自家用 | 平成27年3月  | 旧税率   | 4,000円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 境目 | 四輪貨物自家用 | 平成27年4月  | 標準税率 | 5,000円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |

  @req:013-3.2.1-03
  シナリオアウトライン: 初度検査が<初度検査年月>の<動力>の車両は<税率区分>で<税額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「車両」が登録されている
      | 種別           | 初度検査年月   | 動力   | 被けん引車   |
      | 四輪貨物自家用 | <初度検査年月> | <動力> | <被けん引車> |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「<税率区分>」である
    かつ 「税額」は「<税額>」である

    例: 重課から除かれる車両も、旧税率か標準税率かは初度検査年月だけで決まる（平成26年法律第4号附則）
      | 初度検査年月 | 動力         | 被けん引車 | 税率区分 | 税額    |
      | 平成27年3月  | 電気         | いいえ     | 旧税率   | 4,000円 |
      | 平成27年4月  | 電気         | いいえ     | 標準税率 | 5,000円 |
      | 平成27年3月  | ハイブリッド | いいえ     | 旧税率   | 4,000円 |
      | 平成27年4月  | ハイブリッド | いいえ     | 標準税率 | 5,000円 |
      | 平成27年3月  | 天然ガス     | いいえ     | 旧税率   | 4,000円 |
      | 平成27年4月  | 天然ガス     | いいえ     | 標準税率 | 5,000円 |
      | 平成27年3月  | ガソリン     | はい       | 旧税率   | 4,000円 |
      | 平成27年4月  | ガソリン     | はい       | 標準税率 | 5,000円 |
