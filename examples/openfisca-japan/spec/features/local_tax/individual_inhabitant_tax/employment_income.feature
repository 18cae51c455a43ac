# language: ja
機能: 給与所得
  給与収入金額から給与所得金額を計算する。660万円未満は所得税法別表第五（四千円刻み）による。

  @req:010-4.1.1-01
  シナリオアウトライン: 令和7年度は給与収入<収入>の給与所得が<所得>である（事例 <事例>）
    前提 「課税年度」は「令和7年度」である
    もし 次の内容で「給与所得の試算」を行う
      | 項目         | 値     |
      | 給与収入金額 | <収入> |
    ならば 「給与所得金額」は「<所得>」である

    例: 最低保障額と速算表の境目
      | 事例   | 収入        | 所得        | 出典                                                                      |
      | KJ-036 | 550,999円   | 0円         | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html |
      | KJ-037 | 551,000円   | 1,000円     | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html |
      | KJ-039 | 1,619,000円 | 1,069,000円 | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html |
      | KJ-041 | 1,622,000円 | 1,072,000円 | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html |
      | KJ-043 | 1,628,000円 | 1,076,800円 | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html |

    例: 別表第五（四千円の倍数と、倍数でない収入）
      | 事例   | 収入        | 所得        | 出典                                                                                                                                       |
      | KJ-091 | 6,000,000円 | 4,360,000円 | https://www.city.saga.lg.jp/main/1870.html                                                                                                 |
      | KJ-004 | 5,500,000円 | 3,960,000円 | https://www.city.yokohama.lg.jp/kurashi/koseki-zei-hoken/zeikin/y-shizei/kojin-shiminzei-kenminzei/kojin-shiminzei-shosai/kojinkeisan.html |
      | KJ-001 | 4,250,000円 | 2,958,400円 | https://www.city.komoro.lg.jp/soshikikarasagasu/shiminseikatsubu/zeimuka/1/3/4/1006.html                                                   |

  @req:010-4.1.1-02
  シナリオアウトライン: 令和8年度は給与収入<収入>の給与所得が<所得>である（事例 <事例>）
    前提 「課税年度」は「令和8年度」である
    もし 次の内容で「給与所得の試算」を行う
      | 項目         | 値     |
      | 給与収入金額 | <収入> |
    ならば 「給与所得金額」は「<所得>」である

    例: 最低保障額65万円と、改正のない収入
      | 事例   | 収入        | 所得        | 出典                                                                                  |
      | KJ-030 | 650,999円   | 0円         | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html             |
      | KJ-031 | 651,000円   | 1,000円     | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html             |
      | KJ-050 | 1,100,000円 | 450,000円   | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |
      | KJ-033 | 1,901,000円 | 1,250,000円 | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html             |
      | KJ-035 | 8,500,000円 | 6,550,000円 | https://www.city.yamatokoriyama.lg.jp/soshiki/zeimuka/zeikin/3/12252.html             |
