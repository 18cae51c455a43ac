# language: ja
機能: 二輪・原付・小型特殊の税率
  総排気量や出力などで決まる種別ごとの年税額を、税率表のとおりに計算する。

  @req:013-3.2.4-01
  シナリオアウトライン: <種別>の年税額は<税額>である（事例 <事例>）
    前提 「課税年度」は「令和8年度」である
    かつ 次の「車両」が登録されている
      | 種別   | 動力     |
      | <種別> | ガソリン |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「標準税率」である
    かつ 「税額」は「<税額>」である

    例: 公表された税率表
      | 事例       | 種別             | 税額    | 出典                                                                                  |
      | KK-004     | 原付第二種乙     | 2,000円 | https://www.city.munakata.lg.jp/kiji0031317/index.html                                |
      | KK-005     | 原付第二種甲     | 2,400円 | https://www.city.munakata.lg.jp/kiji0031317/index.html                                |
      | KK-009     | 小型特殊農耕作業用 | 2,400円 | https://www.city.munakata.lg.jp/kiji0031317/index.html                                |
      | KK-010     | 小型特殊その他   | 5,900円 | https://www.city.munakata.lg.jp/kiji0031317/index.html                                |
      | KK-011     | 雪上車           | 3,600円 | https://www.city.munakata.lg.jp/kiji0031317/index.html                                |
      | 税率表     | 原付第一種       | 2,000円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 税率表     | ミニカー         | 3,700円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 税率表     | 軽二輪           | 3,600円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 税率表     | 小型二輪         | 6,000円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |

  @req:013-3.2.4-02
  シナリオ: 二輪は初度検査年月がなくても計算できる
    前提 「課税年度」は「令和8年度」である
    かつ 次の「車両」が登録されている
      | 種別     |
      | 小型二輪 |
    もし 「種別割の計算」を行う
    ならば 「税額」は「6,000円」である

  @req:013-3.2.4-02
  シナリオ: 二輪は初度検査から十三年を過ぎても標準税率である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「車両」が登録されている
      | 種別     | 初度検査年月 |
      | 小型二輪 | 平成20年5月  |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「標準税率」である
    かつ 「税額」は「6,000円」である

  @req:013-3.2.5-01
  シナリオアウトライン: <種別>の年税額は<税額>である（事例 <事例>、<課税年度>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「車両」が登録されている
      | 種別   |
      | <種別> |
    もし 「種別割の計算」を行う
    ならば 「税額」は「<税額>」である

    例: 公表された税率表
      | 事例   | 種別         | 課税年度  | 税額    | 出典                                                            |
      | KK-002 | 新基準原付   | 令和7年度 | 2,000円 | https://www.city.munakata.lg.jp/kiji0031317/index.html          |
      | KK-002 | 新基準原付   | 令和8年度 | 2,000円 | https://www.city.munakata.lg.jp/kiji0031317/index.html          |
      | KK-003 | 特定小型原付 | 令和7年度 | 2,000円 | http://www.city.yoshikawa.saitama.jp/index.cfm/23,46289,119,669,html |
      | KK-003 | 特定小型原付 | 令和8年度 | 2,000円 | http://www.city.yoshikawa.saitama.jp/index.cfm/23,46289,119,669,html |
