# language: ja
機能: 給与所得
  収入金額から給与所得を求める。660万円未満は所得税法別表第五により4,000円刻みで求める。

  @req:010-4.1.1-01
  シナリオアウトライン: <課税年度>の給与収入<給与収入>の給与所得は<給与所得>である（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 公表された計算例
      | 事例   | 課税年度  | 給与収入    | 給与所得    | 出典                                                                                                                                       |
      | KJ-001 | 令和7年度 | 4,250,000円 | 2,958,400円 | https://www.city.komoro.lg.jp/soshikikarasagasu/shiminseikatsubu/zeimuka/1/3/4/1006.html                                                   |
      | KJ-004 | 令和7年度 | 5,500,000円 | 3,960,000円 | https://www.city.yokohama.lg.jp/kurashi/koseki-zei-hoken/zeikin/y-shizei/kojin-shiminzei-kenminzei/kojin-shiminzei-shosai/kojinkeisan.html |
      | KJ-091 | 令和7年度 | 6,000,000円 | 4,360,000円 | https://www.city.saga.lg.jp/main/1870.html                                                                                                 |
      | KJ-090 | 令和8年度 | 5,000,000円 | 3,560,000円 | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html                                             |
      | KJ-043 | 令和7年度 | 1,628,000円 | 1,076,800円 | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html                                                                  |
      | KJ-033 | 令和8年度 | 1,901,000円 | 1,250,000円 | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html                                                                  |

    例: 4,000円刻みと式の変わり目の両側（所得税法別表第五の備考による速算表）
      | 事例 | 課税年度  | 給与収入    | 給与所得    | 出典                                                                                           |
      | 境目 | 令和7年度 | 1,631,999円 | 1,076,800円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html           |
      | 境目 | 令和7年度 | 1,632,000円 | 1,079,200円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html           |
      | 境目 | 令和7年度 | 1,799,999円 | 1,177,600円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html           |
      | 境目 | 令和7年度 | 1,800,000円 | 1,180,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html           |
      | 境目 | 令和3年度 | 3,599,999円 | 2,437,200円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html           |
      | 境目 | 令和3年度 | 3,600,000円 | 2,440,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html           |
      | 境目 | 令和8年度 | 6,599,999円 | 4,836,800円 | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |
      | 境目 | 令和8年度 | 6,600,000円 | 4,840,000円 | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |

  @req:010-4.1.1-02
  シナリオアウトライン: <課税年度>の給与収入<給与収入>から55万円を差し引く（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 公表された速算表
      | 事例   | 課税年度  | 給与収入    | 給与所得    | 出典                                                                                 |
      | KJ-037 | 令和7年度 | 551,000円   | 1,000円     | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html            |
      | 速算表 | 令和7年度 | 1,618,999円 | 1,068,999円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和3年度 | 551,000円   | 1,000円     | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和5年度 | 1,000,000円 | 450,000円   | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |

  @req:010-4.1.1-19
  シナリオアウトライン: <課税年度>の給与収入<給与収入>の給与所得は<給与所得>である（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 551,000円の両側
      | 事例   | 課税年度  | 給与収入  | 給与所得 | 出典                                                                                 |
      | KJ-036 | 令和7年度 | 550,999円 | 0円      | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html            |
      | KJ-037 | 令和7年度 | 551,000円 | 1,000円  | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html            |
      | 速算表 | 令和3年度 | 550,999円 | 0円      | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和3年度 | 551,000円 | 1,000円  | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和5年度 | 550,001円 | 0円      | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和7年度 | 0円       | 0円      | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |

  @req:010-4.1.1-20
  シナリオアウトライン: <課税年度>の給与収入<給与収入>の給与所得は<給与所得>である（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 651,000円の両側
      | 事例   | 課税年度  | 給与収入  | 給与所得 | 出典                                                                                           |
      | KJ-030 | 令和8年度 | 650,999円 | 0円      | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html                      |
      | KJ-031 | 令和8年度 | 651,000円 | 1,000円  | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html                      |
      | 速算表 | 令和8年度 | 650,001円 | 0円      | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |

  @req:010-4.1.1-21
  シナリオアウトライン: <課税年度>の給与収入<給与収入>の給与所得は<給与所得>である（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 741,000円の両側（公式の表とは未照合）
      | 事例 | 課税年度  | 給与収入  | 給与所得 | 出典                                 |
      | 条文 | 令和9年度 | 740,999円 | 0円      | https://github.com/JapanFinance/kei3 |
      | 条文 | 令和9年度 | 741,000円 | 1,000円  | https://github.com/JapanFinance/kei3 |
      | 条文 | 令和9年度 | 740,001円 | 0円      | https://github.com/JapanFinance/kei3 |

  @req:010-4.1.1-03
  シナリオアウトライン: <課税年度>の給与収入<給与収入>の給与所得は定額の<給与所得>である（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 定額の四つの段の両端
      | 事例   | 課税年度  | 給与収入    | 給与所得    | 出典                                                                                 |
      | KJ-039 | 令和7年度 | 1,619,000円 | 1,069,000円 | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html            |
      | 速算表 | 令和7年度 | 1,619,999円 | 1,069,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和7年度 | 1,620,000円 | 1,070,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和7年度 | 1,621,999円 | 1,070,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | KJ-041 | 令和7年度 | 1,622,000円 | 1,072,000円 | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html            |
      | 速算表 | 令和7年度 | 1,623,999円 | 1,072,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和7年度 | 1,624,000円 | 1,074,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和7年度 | 1,627,999円 | 1,074,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |
      | 速算表 | 令和3年度 | 1,627,999円 | 1,074,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html |

  @req:010-4.1.1-04
  シナリオアウトライン: 給与収入<給与収入>の給与所得は一円未満を切り捨てた<給与所得>である（<課税年度>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 収入の90％から110万円を差し引く
      | 事例   | 課税年度  | 給与収入    | 給与所得    | 出典                                                                                           |
      | 速算表 | 令和7年度 | 6,600,000円 | 4,840,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html           |
      | 端数   | 令和7年度 | 6,600,009円 | 4,840,008円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html           |
      | 速算表 | 令和8年度 | 7,000,000円 | 5,200,000円 | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |
      | 端数   | 令和8年度 | 8,499,999円 | 6,549,999円 | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |

  @req:010-4.1.1-05
  シナリオアウトライン: 給与収入<給与収入>の給与所得控除は195万円である（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 上限の両側
      | 事例   | 課税年度  | 給与収入     | 給与所得     | 出典                                                                                           |
      | 境目   | 令和8年度 | 8,499,999円  | 6,549,999円  | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |
      | KJ-035 | 令和8年度 | 8,500,000円  | 6,550,000円  | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html                      |
      | 速算表 | 令和8年度 | 8,500,001円  | 6,550,001円  | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |
      | 速算表 | 令和3年度 | 20,000,000円 | 18,050,000円 | https://www.city.hachinohe.aomori.jp/soshikikarasagasu/juminzeika/zeikin/2/4682.html           |

  @req:010-4.1.1-06
  シナリオアウトライン: 令和8年度の給与収入<給与収入>から65万円を差し引く（事例 <事例>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 最低保障額65万円の両端
      | 事例   | 課税年度  | 給与収入    | 給与所得    | 出典                                                                                           |
      | KJ-031 | 令和8年度 | 651,000円   | 1,000円     | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html                      |
      | KJ-050 | 令和8年度 | 1,100,000円 | 450,000円   | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html          |
      | 速算表 | 令和8年度 | 1,619,000円 | 969,000円   | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |
      | 速算表 | 令和8年度 | 1,628,000円 | 978,000円   | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |
      | 速算表 | 令和8年度 | 1,899,999円 | 1,249,999円 | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |
      | 速算表 | 令和8年度 | 1,904,000円 | 1,252,800円 | https://www.city.hikone.lg.jp/kakuka/somubu/6/syuruishikumi/kojinjyuminzei/shinkoku/28791.html |

  @req:010-4.1.1-07
  シナリオアウトライン: 令和9年度の給与収入<給与収入>の給与所得は<給与所得>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 租税特別措置法29条の4第2項の各号の両端（条文を引く公開の計算による。公式の表とは未照合）
      | 事例   | 課税年度  | 給与収入    | 給与所得    | 出典                                 |
      | 74万円 | 令和9年度 | 741,000円   | 1,000円     | https://github.com/JapanFinance/kei3 |
      | 74万円 | 令和9年度 | 2,190,999円 | 1,450,999円 | https://github.com/JapanFinance/kei3 |
      | 74万円 | 令和9年度 | 1,100,000円 | 360,000円   | https://github.com/JapanFinance/kei3 |

  @req:010-4.1.1-22
  シナリオアウトライン: 令和9年度の給与収入<給与収入>の給与所得は<給与所得>である
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入   |
      | <給与収入> |
    もし 「個人住民税の計算」を行う
    ならば 「給与所得」は「<給与所得>」である

    例: 定額の三段の両端（公式の表とは未照合）
      | 事例     | 課税年度  | 給与収入    | 給与所得    | 出典                                 |
      | 74万円   | 令和9年度 | 2,190,999円 | 1,450,999円 | https://github.com/JapanFinance/kei3 |
      | 定額     | 令和9年度 | 2,191,000円 | 1,451,000円 | https://github.com/JapanFinance/kei3 |
      | 定額     | 令和9年度 | 2,192,999円 | 1,451,000円 | https://github.com/JapanFinance/kei3 |
      | 定額     | 令和9年度 | 2,193,000円 | 1,453,000円 | https://github.com/JapanFinance/kei3 |
      | 定額     | 令和9年度 | 2,195,999円 | 1,453,000円 | https://github.com/JapanFinance/kei3 |
      | 定額     | 令和9年度 | 2,196,000円 | 1,456,000円 | https://github.com/JapanFinance/kei3 |
      | 定額     | 令和9年度 | 2,199,999円 | 1,456,000円 | https://github.com/JapanFinance/kei3 |
      | 別表第五 | 令和9年度 | 2,200,000円 | 1,460,000円 | https://github.com/JapanFinance/kei3 |
      | 別表第五 | 令和9年度 | 2,204,000円 | 1,462,800円 | https://github.com/JapanFinance/kei3 |
