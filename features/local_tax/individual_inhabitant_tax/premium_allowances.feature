# language: ja
機能: 保険料による所得控除
  社会保険料、小規模企業共済等掛金、生命保険料、地震保険料の控除を求める。

  @req:010-4.2.1-03
  シナリオアウトライン: 社会保険料<支払額>はその全額が社会保険料控除である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 社会保険料 |
      | 6,000,000円 | <支払額>   |
    もし 「個人住民税の計算」を行う
    ならば 「社会保険料控除」は「<支払額>」である

    例: 支払った額の全額（地方税法34条1項3号）
      | 支払額    | 事例   |
      | 735,000円 | KJ-091 |
      | 1円       | 境目   |
      | 0円       | 境目   |

  @req:010-4.2.1-04
  シナリオアウトライン: 小規模企業共済等掛金<支払額>はその全額が小規模企業共済等掛金控除である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 小規模企業共済等掛金 |
      | 6,000,000円 | <支払額>             |
    もし 「個人住民税の計算」を行う
    ならば 「小規模企業共済等掛金控除」は「<支払額>」である

    例: 支払った額の全額（地方税法34条1項4号）
      | 支払額    |
      | 240,000円 |
      | 1円       |
      | 0円       |

  @req:010-4.2.1-05
  シナリオアウトライン: 新契約の一般生命保険料<支払額>の生命保険料控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 新一般生命保険料 |
      | 6,000,000円 | <支払額>         |
    もし 「個人住民税の計算」を行う
    ならば 「生命保険料控除」は「<控除額>」である

    例: 段の両側
      | 支払額   | 控除額   | 出典                                                             |
      | 12,000円 | 12,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 12,002円 | 12,001円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 31,998円 | 21,999円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 32,000円 | 22,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 32,004円 | 22,001円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 55,996円 | 27,999円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 56,000円 | 28,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 56,004円 | 28,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 90,000円 | 28,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |

  @req:010-4.2.1-06
  シナリオアウトライン: 旧契約の一般生命保険料<支払額>の生命保険料控除は<控除額>である（<課税年度>）
    前提 「課税年度」は「<課税年度>」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 旧一般生命保険料 |
      | 6,000,000円 | <支払額>         |
    もし 「個人住民税の計算」を行う
    ならば 「生命保険料控除」は「<控除額>」である

    例: 段の両側と公表された計算例
      | 課税年度  | 支払額    | 控除額   | 出典                                                                                         |
      | 令和8年度 | 15,000円  | 15,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html                             |
      | 令和8年度 | 15,002円  | 15,001円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html                             |
      | 令和8年度 | 39,998円  | 27,499円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html                             |
      | 令和8年度 | 40,000円  | 27,500円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html                             |
      | 令和8年度 | 40,004円  | 27,501円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html                             |
      | 令和8年度 | 69,996円  | 34,999円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html                             |
      | 令和8年度 | 70,000円  | 35,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html                             |
      | 令和8年度 | 70,004円  | 35,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html                             |
      | 令和3年度 | 30,000円  | 22,500円 | https://www.city.amagasaki.hyogo.jp/kurashi/zei/siminzei/siminzei_kojin/1003443/1003446.html |
      | 令和4年度 | 240,000円 | 35,000円 | https://www.city.hiroshima.lg.jp/soshiki/26/202118.html                                      |

  @req:010-4.2.1-07
  シナリオアウトライン: 介護医療保険料<支払額>の生命保険料控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 介護医療保険料 |
      | 6,000,000円 | <支払額>       |
    もし 「個人住民税の計算」を行う
    ならば 「生命保険料控除」は「<控除額>」である

    例: 段の両側
      | 支払額   | 控除額   | 出典                                                             |
      | 12,000円 | 12,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 18,000円 | 15,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 30,000円 | 21,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 32,004円 | 22,001円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 56,000円 | 28,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 60,000円 | 28,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |

  @req:010-4.2.1-08
  シナリオアウトライン: 新契約<新契約>と旧契約<旧契約>の個人年金保険料の生命保険料控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 新個人年金保険料 | 旧個人年金保険料 |
      | 6,000,000円 | <新契約>         | <旧契約>         |
    もし 「個人住民税の計算」を行う
    ならば 「生命保険料控除」は「<控除額>」である

    例: 一方だけの場合と、両方の場合
      | 新契約   | 旧契約   | 控除額   | 出典                                                                 |
      | 32,000円 | 0円      | 22,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html     |
      | 60,000円 | 0円      | 28,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html     |
      | 0円      | 40,000円 | 27,500円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html     |
      | 0円      | 90,000円 | 35,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html     |
      | 50,000円 | 35,000円 | 28,000円 | https://www.city.noshiro.lg.jp/section/somu/zeimu/shimin-kokuho/8192 |

  @req:010-4.2.1-09
  シナリオアウトライン: 一般生命保険料が新契約<新契約>、旧契約<旧契約>なら生命保険料控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 新一般生命保険料 | 旧一般生命保険料 |
      | 6,000,000円 | <新契約>         | <旧契約>         |
    もし 「個人住民税の計算」を行う
    ならば 「生命保険料控除」は「<控除額>」である

    例: 合わせて28,000円までと、旧契約だけの額の大きい方
      | 新契約   | 旧契約   | 控除額   | 出典                                                                 |
      | 10,000円 | 15,000円 | 25,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html     |
      | 12,000円 | 16,000円 | 27,500円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html     |
      | 20,000円 | 15,000円 | 28,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html     |
      | 60,000円 | 80,000円 | 35,000円 | https://www.city.noshiro.lg.jp/section/somu/zeimu/shimin-kokuho/8192 |
      | 56,000円 | 42,004円 | 28,001円 | https://www.city.noshiro.lg.jp/section/somu/zeimu/shimin-kokuho/8192 |

  @req:010-4.2.1-10
  シナリオアウトライン: 一般<一般>、介護医療<介護>、個人年金<年金>の生命保険料控除の合計は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 新一般生命保険料 | 介護医療保険料 | 新個人年金保険料 |
      | 6,000,000円 | <一般>           | <介護>         | <年金>           |
    もし 「個人住民税の計算」を行う
    ならば 「生命保険料控除」は「<控除額>」である

    例: 70,000円の両側
      | 一般     | 介護     | 年金     | 控除額   | 出典                                                             |
      | 56,000円 | 56,000円 | 15,998円 | 69,999円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 56,000円 | 56,000円 | 16,000円 | 70,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 56,000円 | 56,000円 | 16,002円 | 70,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |
      | 60,000円 | 60,000円 | 60,000円 | 70,000円 | https://www.town.saitama-miyoshi.lg.jp/life/zei/seimeihoken.html |

  @req:010-4.2.1-10
  シナリオ: 能代市の計算例の生命保険料控除は70,000円である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 新一般生命保険料 | 旧一般生命保険料 | 介護医療保険料 | 新個人年金保険料 | 旧個人年金保険料 |
      | 6,000,000円 | 60,000円         | 80,000円         | 60,000円       | 50,000円         | 35,000円         |
    もし 「個人住民税の計算」を行う
    ならば 「生命保険料控除」は「70,000円」である

  @req:010-4.2.1-11
  シナリオアウトライン: 新契約の一般生命保険料<支払額>の生命保険料控除の一円未満を切り上げて<控除額>とする
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 新一般生命保険料 |
      | 6,000,000円 | <支払額>         |
    もし 「個人住民税の計算」を行う
    ならば 「生命保険料控除」は「<控除額>」である

    例: 二分の一と四分の一で端数が出る額
      | 支払額   | 控除額   | 出典                                 |
      | 12,001円 | 12,001円 | https://github.com/JapanFinance/kei3 |
      | 12,003円 | 12,002円 | https://github.com/JapanFinance/kei3 |
      | 32,001円 | 22,001円 | https://github.com/JapanFinance/kei3 |
      | 32,003円 | 22,001円 | https://github.com/JapanFinance/kei3 |

  @req:010-4.2.1-12
  シナリオアウトライン: 地震保険料<支払額>の地震保険料控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 地震保険料 |
      | 6,000,000円 | <支払額>   |
    もし 「個人住民税の計算」を行う
    ならば 「地震保険料控除」は「<控除額>」である

    例: 二分の一と上限の両側
      | 支払額   | 控除額   | 出典                                                                                    |
      | 12,770円 | 6,385円  | https://www.city.mitsuke.niigata.jp/soshiki/5/3043.html                                 |
      | 20,000円 | 10,000円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 49,998円 | 24,999円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 50,000円 | 25,000円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 50,002円 | 25,000円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |

  @req:010-4.2.1-13
  シナリオアウトライン: 旧長期損害保険料<支払額>の地震保険料控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 旧長期損害保険料 |
      | 6,000,000円 | <支払額>         |
    もし 「個人住民税の計算」を行う
    ならば 「地震保険料控除」は「<控除額>」である

    例: 段の両側
      | 支払額   | 控除額   | 出典                                                                                    |
      | 5,000円  | 5,000円  | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 5,002円  | 5,001円  | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 14,998円 | 9,999円  | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 15,000円 | 10,000円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 15,002円 | 10,000円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 30,000円 | 10,000円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |

  @req:010-4.2.1-14
  シナリオアウトライン: 地震保険料<地震>と旧長期損害保険料<旧長期>の地震保険料控除は<控除額>である
    前提 「課税年度」は「令和8年度」である
    かつ 次の「課税資料」が登録されている
      | 給与収入    | 地震保険料 | 旧長期損害保険料 |
      | 6,000,000円 | <地震>     | <旧長期>         |
    もし 「個人住民税の計算」を行う
    ならば 「地震保険料控除」は「<控除額>」である

    例: 合計と25,000円の上限
      | 地震     | 旧長期   | 控除額   | 出典                                                                                    |
      | 16,200円 | 19,500円 | 18,100円 | https://www.city.mitsuke.niigata.jp/soshiki/5/3043.html                                 |
      | 30,000円 | 15,000円 | 25,000円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 30,002円 | 15,000円 | 25,000円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
      | 29,998円 | 15,000円 | 24,999円 | https://www.city.kasugai.lg.jp/kurashi/zei/zei/shiminzei2/syotokusyouryaku/1003387.html |
