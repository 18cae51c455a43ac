# language: ja
機能: 年度別の年税額
  同じ車両でも年度によって年税額が違う。税率表のとおりに、年度ごとに計算する。

  @req:013-3.2.4-03
  シナリオアウトライン: <種別>の<課税年度>の年税額は<税額>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「車両」が登録されている
      | 種別   |
      | <種別> |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「標準税率」である
    かつ 「税額」は「<税額>」である

    例: 平成27年度まで（引上げ前。地方税法444条1項（当時）。二輪等の引上げは平成28年度に延期された）
      | 種別               | 課税年度   | 税額    | 出典                                                                    |
      | 原付第一種         | 平成26年度 | 1,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種乙       | 平成26年度 | 1,200円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種甲       | 平成26年度 | 1,600円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | ミニカー           | 平成26年度 | 2,500円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 軽二輪             | 平成26年度 | 2,400円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型二輪           | 平成26年度 | 4,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊農耕作業用 | 平成26年度 | 1,600円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊その他     | 平成26年度 | 4,700円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 雪上車             | 平成26年度 | 2,400円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |
      | 原付第一種         | 平成27年度 | 1,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種乙       | 平成27年度 | 1,200円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種甲       | 平成27年度 | 1,600円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | ミニカー           | 平成27年度 | 2,500円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 軽二輪             | 平成27年度 | 2,400円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型二輪           | 平成27年度 | 4,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊農耕作業用 | 平成27年度 | 1,600円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊その他     | 平成27年度 | 4,700円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 雪上車             | 平成27年度 | 2,400円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |

    例: 平成28年度から令和5年度まで
      | 種別               | 課税年度   | 税額    | 出典                                                                    |
      | 原付第一種         | 平成28年度 | 2,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種乙       | 平成28年度 | 2,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種甲       | 平成28年度 | 2,400円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | ミニカー           | 平成28年度 | 3,700円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 軽二輪             | 平成28年度 | 3,600円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型二輪           | 平成28年度 | 6,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊農耕作業用 | 平成28年度 | 2,400円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊その他     | 平成28年度 | 5,900円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 雪上車             | 平成28年度 | 3,600円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |
      | 原付第一種         | 平成29年度 | 2,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種乙       | 平成29年度 | 2,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種甲       | 平成29年度 | 2,400円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | ミニカー           | 平成29年度 | 3,700円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 軽二輪             | 平成29年度 | 3,600円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型二輪           | 平成29年度 | 6,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊農耕作業用 | 平成29年度 | 2,400円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊その他     | 平成29年度 | 5,900円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 雪上車             | 平成29年度 | 3,600円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |
      | 原付第一種         | 平成30年度 | 2,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種乙       | 平成30年度 | 2,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 原付第二種甲       | 平成30年度 | 2,400円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | ミニカー           | 平成30年度 | 3,700円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 軽二輪             | 平成30年度 | 3,600円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型二輪           | 平成30年度 | 6,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊農耕作業用 | 平成30年度 | 2,400円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 小型特殊その他     | 平成30年度 | 5,900円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                      |
      | 雪上車             | 平成30年度 | 3,600円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |
      | 原付第一種         | 令和元年度 | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種乙       | 令和元年度 | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種甲       | 令和元年度 | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | ミニカー           | 令和元年度 | 3,700円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 軽二輪             | 令和元年度 | 3,600円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型二輪           | 令和元年度 | 6,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊農耕作業用 | 令和元年度 | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊その他     | 令和元年度 | 5,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 雪上車             | 令和元年度 | 3,600円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |
      | 原付第一種         | 令和2年度  | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種乙       | 令和2年度  | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種甲       | 令和2年度  | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | ミニカー           | 令和2年度  | 3,700円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 軽二輪             | 令和2年度  | 3,600円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型二輪           | 令和2年度  | 6,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊農耕作業用 | 令和2年度  | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊その他     | 令和2年度  | 5,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 雪上車             | 令和2年度  | 3,600円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |
      | 原付第一種         | 令和3年度  | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種乙       | 令和3年度  | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種甲       | 令和3年度  | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | ミニカー           | 令和3年度  | 3,700円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 軽二輪             | 令和3年度  | 3,600円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型二輪           | 令和3年度  | 6,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊農耕作業用 | 令和3年度  | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊その他     | 令和3年度  | 5,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 雪上車             | 令和3年度  | 3,600円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |
      | 原付第一種         | 令和4年度  | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種乙       | 令和4年度  | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種甲       | 令和4年度  | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | ミニカー           | 令和4年度  | 3,700円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 軽二輪             | 令和4年度  | 3,600円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型二輪           | 令和4年度  | 6,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊農耕作業用 | 令和4年度  | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊その他     | 令和4年度  | 5,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 雪上車             | 令和4年度  | 3,600円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |
      | 原付第一種         | 令和5年度  | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種乙       | 令和5年度  | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 原付第二種甲       | 令和5年度  | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | ミニカー           | 令和5年度  | 3,700円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 軽二輪             | 令和5年度  | 3,600円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型二輪           | 令和5年度  | 6,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊農耕作業用 | 令和5年度  | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 小型特殊その他     | 令和5年度  | 5,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                |
      | 雪上車             | 令和5年度  | 3,600円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html |

    例: 特定小型原付は令和6年度から、新基準原付は令和7年度から（地方税法463条の15第1項）
      | 種別               | 課税年度  | 税額    | 出典                                                                                   |
      | 原付第一種         | 令和6年度 | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 原付第二種乙       | 令和6年度 | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 原付第二種甲       | 令和6年度 | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | ミニカー           | 令和6年度 | 3,700円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 軽二輪             | 令和6年度 | 3,600円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 小型二輪           | 令和6年度 | 6,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 小型特殊農耕作業用 | 令和6年度 | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 小型特殊その他     | 令和6年度 | 5,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 雪上車             | 令和6年度 | 3,600円 | https://www.town.koori.fukushima.jp/kurashi/life/zeikin/keiji/4151.html                |
      | 特定小型原付       | 令和6年度 | 2,000円 | https://cms.city.noboribetsu.lg.jp/docs/2023062800188                                  |
      | 原付第一種         | 令和7年度 | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 原付第二種乙       | 令和7年度 | 2,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 原付第二種甲       | 令和7年度 | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | ミニカー           | 令和7年度 | 3,700円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 軽二輪             | 令和7年度 | 3,600円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 小型二輪           | 令和7年度 | 6,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 小型特殊農耕作業用 | 令和7年度 | 2,400円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 小型特殊その他     | 令和7年度 | 5,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 雪上車             | 令和7年度 | 3,600円 | https://www.city.munakata.lg.jp/kiji0031317/index.html                                 |
      | 特定小型原付       | 令和7年度 | 2,000円 | https://cms.city.noboribetsu.lg.jp/docs/2023062800188                                  |
      | 新基準原付         | 令和7年度 | 2,000円 | https://www.city.sakaiminato.lg.jp/index.php?view=118346                               |
      | 原付第一種         | 令和8年度 | 2,000円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 原付第二種乙       | 令和8年度 | 2,000円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 原付第二種甲       | 令和8年度 | 2,400円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | ミニカー           | 令和8年度 | 3,700円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 軽二輪             | 令和8年度 | 3,600円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 小型二輪           | 令和8年度 | 6,000円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 小型特殊農耕作業用 | 令和8年度 | 2,400円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 小型特殊その他     | 令和8年度 | 5,900円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 雪上車             | 令和8年度 | 3,600円 | https://www.city.munakata.lg.jp/kiji0031317/index.html                                 |
      | 特定小型原付       | 令和8年度 | 2,000円 | https://cms.city.noboribetsu.lg.jp/docs/2023062800188                                  |
      | 新基準原付         | 令和8年度 | 2,000円 | https://www.city.sakaiminato.lg.jp/index.php?view=118346                               |

  @req:013-3.2.1-02
  シナリオアウトライン: 初度検査が<初度検査年月>の<種別>は<課税年度>に<税率区分>で<税額>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「車両」が登録されている
      | 種別   | 初度検査年月   | 動力   |
      | <種別> | <初度検査年月> | <動力> |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「<税率区分>」である
    かつ 「税額」は「<税額>」である

    例: 初度検査が平成27年3月までの車両は、重課が始まるまでどの年度も旧税率
      | 種別           | 初度検査年月 | 動力     | 課税年度   | 税率区分 | 税額    | 出典                                                                                   |
      | 三輪           | 平成26年3月  | ガソリン | 平成26年度 | 旧税率   | 3,100円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成26年3月  | ガソリン | 平成26年度 | 旧税率   | 5,500円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成26年3月  | ガソリン | 平成26年度 | 旧税率   | 7,200円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成26年3月  | ガソリン | 平成26年度 | 旧税率   | 3,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成26年3月  | ガソリン | 平成26年度 | 旧税率   | 4,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成27年3月  | ガソリン | 平成27年度 | 旧税率   | 3,100円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 平成27年度 | 旧税率   | 5,500円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 平成27年度 | 旧税率   | 7,200円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 平成27年度 | 旧税率   | 3,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 平成27年度 | 旧税率   | 4,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成27年3月  | ガソリン | 平成28年度 | 旧税率   | 3,100円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 平成28年度 | 旧税率   | 5,500円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 平成28年度 | 旧税率   | 7,200円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 平成28年度 | 旧税率   | 3,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 平成28年度 | 旧税率   | 4,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成27年3月  | ガソリン | 平成29年度 | 旧税率   | 3,100円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 平成29年度 | 旧税率   | 5,500円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 平成29年度 | 旧税率   | 7,200円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 平成29年度 | 旧税率   | 3,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 平成29年度 | 旧税率   | 4,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成27年3月  | ガソリン | 平成30年度 | 旧税率   | 3,100円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 平成30年度 | 旧税率   | 5,500円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 平成30年度 | 旧税率   | 7,200円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 平成30年度 | 旧税率   | 3,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 平成30年度 | 旧税率   | 4,000円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成27年3月  | ガソリン | 令和元年度 | 旧税率   | 3,100円 | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 令和元年度 | 旧税率   | 5,500円 | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 令和元年度 | 旧税率   | 7,200円 | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 令和元年度 | 旧税率   | 3,000円 | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 令和元年度 | 旧税率   | 4,000円 | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 三輪           | 平成27年3月  | ガソリン | 令和2年度  | 旧税率   | 3,100円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 令和2年度  | 旧税率   | 5,500円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 令和2年度  | 旧税率   | 7,200円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 令和2年度  | 旧税率   | 3,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 令和2年度  | 旧税率   | 4,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年3月  | ガソリン | 令和3年度  | 旧税率   | 3,100円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 令和3年度  | 旧税率   | 5,500円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 令和3年度  | 旧税率   | 7,200円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 令和3年度  | 旧税率   | 3,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 令和3年度  | 旧税率   | 4,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年3月  | ガソリン | 令和4年度  | 旧税率   | 3,100円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 令和4年度  | 旧税率   | 5,500円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 令和4年度  | 旧税率   | 7,200円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 令和4年度  | 旧税率   | 3,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 令和4年度  | 旧税率   | 4,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年3月  | ガソリン | 令和5年度  | 旧税率   | 3,100円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 令和5年度  | 旧税率   | 5,500円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 令和5年度  | 旧税率   | 7,200円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 令和5年度  | 旧税率   | 3,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 令和5年度  | 旧税率   | 4,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年3月  | ガソリン | 令和6年度  | 旧税率   | 3,100円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 令和6年度  | 旧税率   | 5,500円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 令和6年度  | 旧税率   | 7,200円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 令和6年度  | 旧税率   | 3,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 令和6年度  | 旧税率   | 4,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年3月  | ガソリン | 令和7年度  | 旧税率   | 3,100円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 令和7年度  | 旧税率   | 5,500円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 令和7年度  | 旧税率   | 7,200円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 令和7年度  | 旧税率   | 3,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 令和7年度  | 旧税率   | 4,000円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年3月  | ガソリン | 令和8年度  | 旧税率   | 3,100円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪乗用営業用 | 平成27年3月  | ガソリン | 令和8年度  | 旧税率   | 5,500円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪乗用自家用 | 平成27年3月  | ガソリン | 令和8年度  | 旧税率   | 7,200円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪貨物営業用 | 平成27年3月  | ガソリン | 令和8年度  | 旧税率   | 3,000円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪貨物自家用 | 平成27年3月  | ガソリン | 令和8年度  | 旧税率   | 4,000円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |

    例: 初度検査が平成27年4月からの車両は、平成27年度からどの年度も標準税率
      | 種別           | 初度検査年月 | 動力     | 課税年度   | 税率区分 | 税額     | 出典                                                                                   |
      | 三輪           | 平成27年4月  | ガソリン | 平成27年度 | 標準税率 | 3,900円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 平成27年度 | 標準税率 | 6,900円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 平成27年度 | 標準税率 | 10,800円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 平成27年度 | 標準税率 | 3,800円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 平成27年度 | 標準税率 | 5,000円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成27年4月  | ガソリン | 平成28年度 | 標準税率 | 3,900円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 平成28年度 | 標準税率 | 6,900円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 平成28年度 | 標準税率 | 10,800円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 平成28年度 | 標準税率 | 3,800円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 平成28年度 | 標準税率 | 5,000円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成27年4月  | ガソリン | 平成29年度 | 標準税率 | 3,900円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 平成29年度 | 標準税率 | 6,900円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 平成29年度 | 標準税率 | 10,800円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 平成29年度 | 標準税率 | 3,800円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 平成29年度 | 標準税率 | 5,000円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成27年4月  | ガソリン | 平成30年度 | 標準税率 | 3,900円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 平成30年度 | 標準税率 | 6,900円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 平成30年度 | 標準税率 | 10,800円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 平成30年度 | 標準税率 | 3,800円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 平成30年度 | 標準税率 | 5,000円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成27年4月  | ガソリン | 令和元年度 | 標準税率 | 3,900円  | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 令和元年度 | 標準税率 | 6,900円  | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 令和元年度 | 標準税率 | 10,800円 | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 令和元年度 | 標準税率 | 3,800円  | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 令和元年度 | 標準税率 | 5,000円  | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 三輪           | 平成27年4月  | ガソリン | 令和2年度  | 標準税率 | 3,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 令和2年度  | 標準税率 | 6,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 令和2年度  | 標準税率 | 10,800円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 令和2年度  | 標準税率 | 3,800円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 令和2年度  | 標準税率 | 5,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年4月  | ガソリン | 令和3年度  | 標準税率 | 3,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 令和3年度  | 標準税率 | 6,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 令和3年度  | 標準税率 | 10,800円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 令和3年度  | 標準税率 | 3,800円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 令和3年度  | 標準税率 | 5,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年4月  | ガソリン | 令和4年度  | 標準税率 | 3,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 令和4年度  | 標準税率 | 6,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 令和4年度  | 標準税率 | 10,800円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 令和4年度  | 標準税率 | 3,800円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 令和4年度  | 標準税率 | 5,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年4月  | ガソリン | 令和5年度  | 標準税率 | 3,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 令和5年度  | 標準税率 | 6,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 令和5年度  | 標準税率 | 10,800円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 令和5年度  | 標準税率 | 3,800円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 令和5年度  | 標準税率 | 5,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年4月  | ガソリン | 令和6年度  | 標準税率 | 3,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 令和6年度  | 標準税率 | 6,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 令和6年度  | 標準税率 | 10,800円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 令和6年度  | 標準税率 | 3,800円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 令和6年度  | 標準税率 | 5,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年4月  | ガソリン | 令和7年度  | 標準税率 | 3,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 令和7年度  | 標準税率 | 6,900円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 令和7年度  | 標準税率 | 10,800円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 令和7年度  | 標準税率 | 3,800円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 令和7年度  | 標準税率 | 5,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成27年4月  | ガソリン | 令和8年度  | 標準税率 | 3,900円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪乗用営業用 | 平成27年4月  | ガソリン | 令和8年度  | 標準税率 | 6,900円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪乗用自家用 | 平成27年4月  | ガソリン | 令和8年度  | 標準税率 | 10,800円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪貨物営業用 | 平成27年4月  | ガソリン | 令和8年度  | 標準税率 | 3,800円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪貨物自家用 | 平成27年4月  | ガソリン | 令和8年度  | 標準税率 | 5,000円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |

  @req:013-3.2.2-04 @incident:INC-15
  シナリオアウトライン: 初度検査が<初度検査年月>の<種別>は<課税年度>に<税率区分>で<税額>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「車両」が登録されている
      | 種別   | 初度検査年月   | 動力   |
      | <種別> | <初度検査年月> | <動力> |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「<税率区分>」である
    かつ 「税額」は「<税額>」である

    例: 重課は平成28年度に始まり、その前の年度にはない
      | 種別           | 初度検査年月 | 動力     | 課税年度   | 税率区分 | 税額    | 出典                                                                         |
      | 三輪           | 平成12年5月  | ガソリン | 平成26年度 | 旧税率   | 3,100円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 平成26年度 | 旧税率   | 5,500円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 平成26年度 | 旧税率   | 7,200円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 平成26年度 | 旧税率   | 3,000円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 平成26年度 | 旧税率   | 4,000円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 三輪           | 平成12年5月  | ガソリン | 平成27年度 | 旧税率   | 3,100円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 平成27年度 | 旧税率   | 5,500円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 平成27年度 | 旧税率   | 7,200円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 平成27年度 | 旧税率   | 3,000円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 平成27年度 | 旧税率   | 4,000円 | https://www.city.matsudo.chiba.jp/kurashi/zeikin_top/keiji/jukazeiritsu.html |

    例: 十三年を過ぎた車両は、その後のどの年度も重課
      | 種別           | 初度検査年月 | 動力     | 課税年度   | 税率区分 | 税額     | 出典                                                                                   |
      | 三輪           | 平成12年5月  | ガソリン | 平成28年度 | 重課     | 4,600円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 平成28年度 | 重課     | 8,200円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 平成28年度 | 重課     | 12,900円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 平成28年度 | 重課     | 4,500円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 平成28年度 | 重課     | 6,000円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成12年5月  | ガソリン | 平成29年度 | 重課     | 4,600円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 平成29年度 | 重課     | 8,200円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 平成29年度 | 重課     | 12,900円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 平成29年度 | 重課     | 4,500円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 平成29年度 | 重課     | 6,000円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成12年5月  | ガソリン | 平成30年度 | 重課     | 4,600円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 平成30年度 | 重課     | 8,200円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 平成30年度 | 重課     | 12,900円 | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 平成30年度 | 重課     | 4,500円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 平成30年度 | 重課     | 6,000円  | http://town.yamamoto.miyagi.jp/soshiki/8/3611.html                                     |
      | 三輪           | 平成12年5月  | ガソリン | 令和元年度 | 重課     | 4,600円  | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 令和元年度 | 重課     | 8,200円  | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 令和元年度 | 重課     | 12,900円 | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 令和元年度 | 重課     | 4,500円  | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 令和元年度 | 重課     | 6,000円  | https://www.town.kaita.lg.jp/img/koenokouhou/201902/04.html                            |
      | 三輪           | 平成12年5月  | ガソリン | 令和2年度  | 重課     | 4,600円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 令和2年度  | 重課     | 8,200円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 令和2年度  | 重課     | 12,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 令和2年度  | 重課     | 4,500円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 令和2年度  | 重課     | 6,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成12年5月  | ガソリン | 令和3年度  | 重課     | 4,600円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 令和3年度  | 重課     | 8,200円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 令和3年度  | 重課     | 12,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 令和3年度  | 重課     | 4,500円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 令和3年度  | 重課     | 6,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成12年5月  | ガソリン | 令和4年度  | 重課     | 4,600円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 令和4年度  | 重課     | 8,200円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 令和4年度  | 重課     | 12,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 令和4年度  | 重課     | 4,500円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 令和4年度  | 重課     | 6,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成12年5月  | ガソリン | 令和5年度  | 重課     | 4,600円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 令和5年度  | 重課     | 8,200円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 令和5年度  | 重課     | 12,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 令和5年度  | 重課     | 4,500円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 令和5年度  | 重課     | 6,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成12年5月  | ガソリン | 令和6年度  | 重課     | 4,600円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 令和6年度  | 重課     | 8,200円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 令和6年度  | 重課     | 12,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 令和6年度  | 重課     | 4,500円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 令和6年度  | 重課     | 6,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成12年5月  | ガソリン | 令和7年度  | 重課     | 4,600円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 令和7年度  | 重課     | 8,200円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 令和7年度  | 重課     | 12,900円 | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 令和7年度  | 重課     | 4,500円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 令和7年度  | 重課     | 6,000円  | https://www.city.yatsushiro.lg.jp/kiji0036652/index.html                               |
      | 三輪           | 平成12年5月  | ガソリン | 令和8年度  | 重課     | 4,600円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪乗用営業用 | 平成12年5月  | ガソリン | 令和8年度  | 重課     | 8,200円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪乗用自家用 | 平成12年5月  | ガソリン | 令和8年度  | 重課     | 12,900円 | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪貨物営業用 | 平成12年5月  | ガソリン | 令和8年度  | 重課     | 4,500円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |
      | 四輪貨物自家用 | 平成12年5月  | ガソリン | 令和8年度  | 重課     | 6,000円  | https://www.city.hachinohe.aomori.jp/kurashi_tetsuzuki/zeikin/keijidoshazei/10193.html |

  @req:013-3.2.3-04
  シナリオアウトライン: <種別>の<環境性能区分>は<課税年度>に<税率区分>で<税額>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「車両」が登録されている
      | 種別   | 初度検査年月   | 環境性能区分   |
      | <種別> | <初度検査年月> | <環境性能区分> |
    もし 「種別割の計算」を行う
    ならば 「税率区分」は「<税率区分>」である
    かつ 「税額」は「<税額>」である

    例: 平成28年度から令和3年度まで（自家用と貨物と三輪にも五〇％と二五％の軽減がある）
      | 種別           | 初度検査年月 | 環境性能区分           | 課税年度   | 税率区分 | 税額    | 出典                                             |
      | 三輪           | 2015-10      | 電気自動車等           | 平成28年度 | 軽課七五 | 1,000円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 三輪           | 2015-10      | 五〇％軽減の基準を達成 | 平成28年度 | 軽課五〇 | 2,000円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 三輪           | 2015-10      | 二五％軽減の基準を達成 | 平成28年度 | 軽課二五 | 3,000円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用営業用 | 2015-10      | 電気自動車等           | 平成28年度 | 軽課七五 | 1,800円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用営業用 | 2015-10      | 五〇％軽減の基準を達成 | 平成28年度 | 軽課五〇 | 3,500円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用営業用 | 2015-10      | 二五％軽減の基準を達成 | 平成28年度 | 軽課二五 | 5,200円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用自家用 | 2015-10      | 電気自動車等           | 平成28年度 | 軽課七五 | 2,700円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用自家用 | 2015-10      | 五〇％軽減の基準を達成 | 平成28年度 | 軽課五〇 | 5,400円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用自家用 | 2015-10      | 二五％軽減の基準を達成 | 平成28年度 | 軽課二五 | 8,100円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物営業用 | 2015-10      | 電気自動車等           | 平成28年度 | 軽課七五 | 1,000円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物営業用 | 2015-10      | 五〇％軽減の基準を達成 | 平成28年度 | 軽課五〇 | 1,900円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物営業用 | 2015-10      | 二五％軽減の基準を達成 | 平成28年度 | 軽課二五 | 2,900円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物自家用 | 2015-10      | 電気自動車等           | 平成28年度 | 軽課七五 | 1,300円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物自家用 | 2015-10      | 五〇％軽減の基準を達成 | 平成28年度 | 軽課五〇 | 2,500円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物自家用 | 2015-10      | 二五％軽減の基準を達成 | 平成28年度 | 軽課二五 | 3,800円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 三輪           | 2018-10      | 電気自動車等           | 令和元年度 | 軽課七五 | 1,000円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 三輪           | 2018-10      | 五〇％軽減の基準を達成 | 令和元年度 | 軽課五〇 | 2,000円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 三輪           | 2018-10      | 二五％軽減の基準を達成 | 令和元年度 | 軽課二五 | 3,000円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用営業用 | 2018-10      | 電気自動車等           | 令和元年度 | 軽課七五 | 1,800円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用営業用 | 2018-10      | 五〇％軽減の基準を達成 | 令和元年度 | 軽課五〇 | 3,500円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用営業用 | 2018-10      | 二五％軽減の基準を達成 | 令和元年度 | 軽課二五 | 5,200円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用自家用 | 2018-10      | 電気自動車等           | 令和元年度 | 軽課七五 | 2,700円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用自家用 | 2018-10      | 五〇％軽減の基準を達成 | 令和元年度 | 軽課五〇 | 5,400円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪乗用自家用 | 2018-10      | 二五％軽減の基準を達成 | 令和元年度 | 軽課二五 | 8,100円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物営業用 | 2018-10      | 電気自動車等           | 令和元年度 | 軽課七五 | 1,000円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物営業用 | 2018-10      | 五〇％軽減の基準を達成 | 令和元年度 | 軽課五〇 | 1,900円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物営業用 | 2018-10      | 二五％軽減の基準を達成 | 令和元年度 | 軽課二五 | 2,900円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物自家用 | 2018-10      | 電気自動車等           | 令和元年度 | 軽課七五 | 1,300円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物自家用 | 2018-10      | 五〇％軽減の基準を達成 | 令和元年度 | 軽課五〇 | 2,500円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 四輪貨物自家用 | 2018-10      | 二五％軽減の基準を達成 | 令和元年度 | 軽課二五 | 3,800円 | http://www.city.kamisu.ibaraki.jp/item/32490.htm |
      | 三輪           | 2019-10      | 電気自動車等           | 令和2年度  | 軽課七五 | 1,000円 | http://city.chichibu.lg.jp/5956.html             |
      | 三輪           | 2019-10      | 五〇％軽減の基準を達成 | 令和2年度  | 軽課五〇 | 2,000円 | http://city.chichibu.lg.jp/5956.html             |
      | 三輪           | 2019-10      | 二五％軽減の基準を達成 | 令和2年度  | 軽課二五 | 3,000円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用営業用 | 2019-10      | 電気自動車等           | 令和2年度  | 軽課七五 | 1,800円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用営業用 | 2019-10      | 五〇％軽減の基準を達成 | 令和2年度  | 軽課五〇 | 3,500円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用営業用 | 2019-10      | 二五％軽減の基準を達成 | 令和2年度  | 軽課二五 | 5,200円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用自家用 | 2019-10      | 電気自動車等           | 令和2年度  | 軽課七五 | 2,700円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用自家用 | 2019-10      | 五〇％軽減の基準を達成 | 令和2年度  | 軽課五〇 | 5,400円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用自家用 | 2019-10      | 二五％軽減の基準を達成 | 令和2年度  | 軽課二五 | 8,100円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物営業用 | 2019-10      | 電気自動車等           | 令和2年度  | 軽課七五 | 1,000円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物営業用 | 2019-10      | 五〇％軽減の基準を達成 | 令和2年度  | 軽課五〇 | 1,900円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物営業用 | 2019-10      | 二五％軽減の基準を達成 | 令和2年度  | 軽課二五 | 2,900円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物自家用 | 2019-10      | 電気自動車等           | 令和2年度  | 軽課七五 | 1,300円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物自家用 | 2019-10      | 五〇％軽減の基準を達成 | 令和2年度  | 軽課五〇 | 2,500円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物自家用 | 2019-10      | 二五％軽減の基準を達成 | 令和2年度  | 軽課二五 | 3,800円 | http://city.chichibu.lg.jp/5956.html             |
      | 三輪           | 2020-10      | 電気自動車等           | 令和3年度  | 軽課七五 | 1,000円 | http://city.chichibu.lg.jp/5956.html             |
      | 三輪           | 2020-10      | 五〇％軽減の基準を達成 | 令和3年度  | 軽課五〇 | 2,000円 | http://city.chichibu.lg.jp/5956.html             |
      | 三輪           | 2020-10      | 二五％軽減の基準を達成 | 令和3年度  | 軽課二五 | 3,000円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用営業用 | 2020-10      | 電気自動車等           | 令和3年度  | 軽課七五 | 1,800円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用営業用 | 2020-10      | 五〇％軽減の基準を達成 | 令和3年度  | 軽課五〇 | 3,500円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用営業用 | 2020-10      | 二五％軽減の基準を達成 | 令和3年度  | 軽課二五 | 5,200円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用自家用 | 2020-10      | 電気自動車等           | 令和3年度  | 軽課七五 | 2,700円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用自家用 | 2020-10      | 五〇％軽減の基準を達成 | 令和3年度  | 軽課五〇 | 5,400円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪乗用自家用 | 2020-10      | 二五％軽減の基準を達成 | 令和3年度  | 軽課二五 | 8,100円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物営業用 | 2020-10      | 電気自動車等           | 令和3年度  | 軽課七五 | 1,000円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物営業用 | 2020-10      | 五〇％軽減の基準を達成 | 令和3年度  | 軽課五〇 | 1,900円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物営業用 | 2020-10      | 二五％軽減の基準を達成 | 令和3年度  | 軽課二五 | 2,900円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物自家用 | 2020-10      | 電気自動車等           | 令和3年度  | 軽課七五 | 1,300円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物自家用 | 2020-10      | 五〇％軽減の基準を達成 | 令和3年度  | 軽課五〇 | 2,500円 | http://city.chichibu.lg.jp/5956.html             |
      | 四輪貨物自家用 | 2020-10      | 二五％軽減の基準を達成 | 令和3年度  | 軽課二五 | 3,800円 | http://city.chichibu.lg.jp/5956.html             |

    例: 令和4年度から（五〇％と二五％は営業用の乗用だけ。二五％は令和7年度まで）
      | 種別             | 初度検査年月 | 環境性能区分           | 課税年度  | 税率区分 | 税額    | 出典                                                                                                |
      | 三輪             | 2021-10      | 電気自動車等           | 令和4年度 | 軽課七五 | 1,000円 | https://www.city.izunokuni.shizuoka.jp/kazei_shimin/kurashi/zeikin/keijidousha/images/20211228.html |
      | 四輪乗用営業用   | 2021-10      | 電気自動車等           | 令和4年度 | 軽課七五 | 1,800円 | https://www.city.izunokuni.shizuoka.jp/kazei_shimin/kurashi/zeikin/keijidousha/images/20211228.html |
      | 四輪乗用営業用   | 2021-10      | 五〇％軽減の基準を達成 | 令和4年度 | 軽課五〇 | 3,500円 | https://www.city.izunokuni.shizuoka.jp/kazei_shimin/kurashi/zeikin/keijidousha/images/20211228.html |
      | 四輪乗用営業用   | 2021-10      | 二五％軽減の基準を達成 | 令和4年度 | 軽課二五 | 5,200円 | https://www.city.izunokuni.shizuoka.jp/kazei_shimin/kurashi/zeikin/keijidousha/images/20211228.html |
      | 四輪乗用自家用   | 2021-10      | 電気自動車等           | 令和4年度 | 軽課七五 | 2,700円 | https://www.city.izunokuni.shizuoka.jp/kazei_shimin/kurashi/zeikin/keijidousha/images/20211228.html |
      | 四輪貨物営業用   | 2021-10      | 電気自動車等           | 令和4年度 | 軽課七五 | 1,000円 | https://www.city.izunokuni.shizuoka.jp/kazei_shimin/kurashi/zeikin/keijidousha/images/20211228.html |
      | 四輪貨物自家用   | 2021-10      | 電気自動車等           | 令和4年度 | 軽課七五 | 1,300円 | https://www.city.izunokuni.shizuoka.jp/kazei_shimin/kurashi/zeikin/keijidousha/images/20211228.html |
      | 三輪（営業乗用） | 2021-10      | 五〇％軽減の基準を達成 | 令和4年度 | 軽課五〇 | 2,000円 | https://www.city.izunokuni.shizuoka.jp/kazei_shimin/kurashi/zeikin/keijidousha/images/20211228.html |
      | 三輪（営業乗用） | 2021-10      | 二五％軽減の基準を達成 | 令和4年度 | 軽課二五 | 3,000円 | https://www.city.izunokuni.shizuoka.jp/kazei_shimin/kurashi/zeikin/keijidousha/images/20211228.html |
      | 三輪             | 2024-10      | 電気自動車等           | 令和7年度 | 軽課七五 | 1,000円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪乗用営業用   | 2024-10      | 電気自動車等           | 令和7年度 | 軽課七五 | 1,800円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪乗用営業用   | 2024-10      | 五〇％軽減の基準を達成 | 令和7年度 | 軽課五〇 | 3,500円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪乗用営業用   | 2024-10      | 二五％軽減の基準を達成 | 令和7年度 | 軽課二五 | 5,200円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪乗用自家用   | 2024-10      | 電気自動車等           | 令和7年度 | 軽課七五 | 2,700円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪貨物営業用   | 2024-10      | 電気自動車等           | 令和7年度 | 軽課七五 | 1,000円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪貨物自家用   | 2024-10      | 電気自動車等           | 令和7年度 | 軽課七五 | 1,300円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 三輪（営業乗用） | 2024-10      | 五〇％軽減の基準を達成 | 令和7年度 | 軽課五〇 | 2,000円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 三輪（営業乗用） | 2024-10      | 二五％軽減の基準を達成 | 令和7年度 | 軽課二五 | 3,000円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 三輪             | 2025-10      | 電気自動車等           | 令和8年度 | 軽課七五 | 1,000円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪乗用営業用   | 2025-10      | 電気自動車等           | 令和8年度 | 軽課七五 | 1,800円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪乗用営業用   | 2025-10      | 五〇％軽減の基準を達成 | 令和8年度 | 軽課五〇 | 3,500円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪乗用自家用   | 2025-10      | 電気自動車等           | 令和8年度 | 軽課七五 | 2,700円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪貨物営業用   | 2025-10      | 電気自動車等           | 令和8年度 | 軽課七五 | 1,000円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 四輪貨物自家用   | 2025-10      | 電気自動車等           | 令和8年度 | 軽課七五 | 1,300円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
      | 三輪（営業乗用） | 2025-10      | 五〇％軽減の基準を達成 | 令和8年度 | 軽課五〇 | 2,000円 | https://www.town.tara.lg.jp/kurashi/_1020/_3678/_7240.html                                          |
