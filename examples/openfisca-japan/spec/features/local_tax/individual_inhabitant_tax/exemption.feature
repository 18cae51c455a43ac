# language: ja
機能: 非課税の判定
  均等割の限度額は施行令47条の3の基準による（条例で定める額。17万円に丸める市もある）。所得割の限度額に級地はない。

  @req:010-4.3.1-01
  シナリオアウトライン: <級地>で扶養<人数>人、合計所得金額<所得>の者の均等割の非課税は「<非課税>」である（事例 <事例>）
    前提 「課税年度」は「令和8年度」である
    もし 次の内容で「均等割の非課税判定の試算」を行う
      | 項目                           | 値     |
      | 級地区分                       | <級地> |
      | 合計所得金額                   | <所得> |
      | 同一生計配偶者及び扶養親族の数 | <人数> |
    ならば 「均等割の非課税」は「<非課税>」である

    例: 1級地の限度額と、それを一円超える所得
      | 事例   | 級地  | 人数 | 所得        | 非課税 | 出典                                                                                  |
      | KJ-050 | 1級地 | 0    | 450,000円   | はい   | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |
      | 境目   | 1級地 | 0    | 450,001円   | いいえ | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |
      | KJ-052 | 1級地 | 1    | 1,010,000円 | はい   | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |
      | 境目   | 1級地 | 1    | 1,010,001円 | いいえ | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |
      | KJ-053 | 1級地 | 2    | 1,360,000円 | はい   | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |
      | KJ-055 | 1級地 | 4    | 2,060,000円 | はい   | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |
      | 境目   | 1級地 | 4    | 2,060,001円 | いいえ | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |

    例: 3級地の限度額と、それを一円超える所得
      | 事例   | 級地  | 人数 | 所得        | 非課税 | 出典                                                     |
      | KJ-056 | 3級地 | 0    | 380,000円   | はい   | https://www.city.ukiha.fukuoka.jp/kiji0038325/index.html |
      | 境目   | 3級地 | 0    | 380,001円   | いいえ | https://www.city.ukiha.fukuoka.jp/kiji0038325/index.html |
      | KJ-058 | 3級地 | 2    | 1,108,000円 | はい   | https://www.city.ukiha.fukuoka.jp/kiji0038325/index.html |
      | 境目   | 3級地 | 2    | 1,108,001円 | いいえ | https://www.city.ukiha.fukuoka.jp/kiji0038325/index.html |
      | KJ-059 | 3級地 | 3    | 1,388,000円 | はい   | https://www.city.ukiha.fukuoka.jp/kiji0038325/index.html |
      | 境目   | 3級地 | 3    | 1,388,001円 | いいえ | https://www.city.ukiha.fukuoka.jp/kiji0038325/index.html |

  @req:010-4.3.1-02
  シナリオアウトライン: <年度>に扶養のない給与収入<収入>の者は年税額が零である
    前提 「課税年度」は「<年度>」である
    もし 次の内容で「年税額の試算」を行う
      | 項目         | 値     |
      | 級地区分     | 1級地  |
      | 給与収入金額 | <収入> |
    ならば 「年税額」は「0円」である

    例: 1級地の限度額45万円に当たる給与収入
      | 事例   | 年度      | 収入        | 出典                                                                                  |
      | KJ-050 | 令和8年度 | 1,100,000円 | https://www.city.edogawa.tokyo.jp/e013/kurashi/zeikin/juminzei/zei_gaiyo/hikazei.html |
      | 計算   | 令和7年度 | 1,000,000円 | 給与所得控除55万円（KJ-037）、限度額45万円（江戸川区）                                |

  @req:010-4.3.1-02
  シナリオ: 限度額を一円超える者は年税額が零でない
    前提 「課税年度」は「令和8年度」である
    もし 次の内容で「年税額の試算」を行う
      | 項目         | 値          |
      | 級地区分     | 1級地       |
      | 給与収入金額 | 1,100,001円 |
    ならば 「年税額」は「0円」でない

  @req:010-4.3.2-01
  シナリオアウトライン: 扶養<人数>人で総所得金額等<所得>の者の所得割額は<所得割>である（事例 <事例>）
    前提 「課税年度」は「令和8年度」である
    もし 次の内容で「所得割額の試算」を行う
      | 項目                           | 値        |
      | 同一生計配偶者及び扶養親族の数 | <人数>    |
      | 総所得金額等                   | <所得>    |
      | 所得控除の合計額               | 760,000円 |
      | 人的控除額の差の合計額         | 100,000円 |
    ならば 「所得割額」は「<所得割>」である

    例: 基礎控除43万円と配偶者控除33万円。二人目は16歳未満
      | 事例   | 人数 | 所得        | 所得割   | 出典                                                                         |
      | KJ-061 | 1    | 1,120,000円 | 0円      | https://www.city.ukiha.fukuoka.jp/kiji0038325/index.html                     |
      | KJ-062 | 2    | 1,470,000円 | 0円      | https://www.city.ukiha.fukuoka.jp/kiji0038325/index.html                     |
      | 計算   | 1    | 1,200,000円 | 39,000円 | 440,000円×6％−3,000円と、440,000円×4％−2,000円の合計。附則3条の3の調整なし |
