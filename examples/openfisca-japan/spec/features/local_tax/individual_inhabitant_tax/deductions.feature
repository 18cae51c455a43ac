# language: ja
機能: 所得控除のうち人的控除
  年齢、障害及び婚姻の状況は、前年12月31日の現況による。

  @req:010-4.2.1-01
  シナリオアウトライン: 合計所得金額<所得>の基礎控除額は<控除額>である
    前提 「課税年度」は「令和8年度」である
    もし 次の内容で「基礎控除の試算」を行う
      | 項目         | 値     |
      | 合計所得金額 | <所得> |
    ならば 「基礎控除額」は「<控除額>」である

    例: 地方税法34条2項、314条の2第2項。境目の両側
      | 所得         | 控除額    |
      | 24,000,000円 | 430,000円 |
      | 24,000,001円 | 290,000円 |
      | 24,500,000円 | 290,000円 |
      | 24,500,001円 | 150,000円 |
      | 25,000,000円 | 150,000円 |
      | 25,000,001円 | 0円       |

  @req:010-4.2.1-02
  シナリオアウトライン: <年齢>歳の扶養親族（同居老親等: <同居>）の扶養控除額は<控除額>である
    前提 「課税年度」は「令和7年度」である
    もし 次の内容で「扶養控除の試算」を行う
      | 項目               | 値          |
      | 合計所得金額       | 4,000,000円 |
      | 親族の年齢         | <年齢>      |
      | 親族の合計所得金額 | 0円         |
      | 同居老親等         | <同居>      |
    ならば 「扶養控除額」は「<控除額>」である

    例: 地方税法34条1項11号・4項、314条の2第1項11号・4項。控除額は大分市の一覧表（令和3年度から）
      | 年齢 | 同居   | 控除額    | 出典                                                                |
      | 15   | いいえ | 0円       | https://www.city.oita.oita.jp/o035/kurashi/zekin/1382925718032.html |
      | 16   | いいえ | 330,000円 | https://www.city.oita.oita.jp/o035/kurashi/zekin/1382925718032.html |
      | 18   | いいえ | 330,000円 | https://www.city.oita.oita.jp/o035/kurashi/zekin/1382925718032.html |
      | 19   | いいえ | 450,000円 | https://www.city.oita.oita.jp/o035/kurashi/zekin/1382925718032.html |
      | 22   | いいえ | 450,000円 | https://www.city.oita.oita.jp/o035/kurashi/zekin/1382925718032.html |
      | 23   | いいえ | 330,000円 | https://www.city.oita.oita.jp/o035/kurashi/zekin/1382925718032.html |
      | 69   | いいえ | 330,000円 | https://www.city.oita.oita.jp/o035/kurashi/zekin/1382925718032.html |
      | 70   | いいえ | 380,000円 | https://www.city.oita.oita.jp/o035/kurashi/zekin/1382925718032.html |
      | 70   | はい   | 450,000円 | https://www.city.oita.oita.jp/o035/kurashi/zekin/1382925718032.html |

  @req:010-4.2.1-03
  シナリオアウトライン: 合計所得金額<所得>の者の<年齢>歳で所得<配偶者所得>の配偶者に係る配偶者控除額は<控除額>である
    前提 「課税年度」は「令和7年度」である
    もし 次の内容で「配偶者控除の試算」を行う
      | 項目                 | 値           |
      | 合計所得金額         | <所得>       |
      | 配偶者の年齢         | <年齢>       |
      | 配偶者の合計所得金額 | <配偶者所得> |
    ならば 「配偶者控除額」は「<控除額>」である

    例: 納税義務者の所得の境目（福山市の一覧表）
      | 所得         | 年齢 | 配偶者所得 | 控除額    | 出典                                                               |
      | 9,000,000円  | 40   | 0円        | 330,000円 | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |
      | 9,000,001円  | 40   | 0円        | 220,000円 | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |
      | 9,500,000円  | 40   | 0円        | 220,000円 | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |
      | 9,500,001円  | 40   | 0円        | 110,000円 | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |
      | 10,000,000円 | 40   | 0円        | 110,000円 | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |
      | 10,000,001円 | 40   | 0円        | 0円       | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |

    例: 70歳以上の配偶者（福山市の一覧表）
      | 所得         | 年齢 | 配偶者所得 | 控除額    | 出典                                                               |
      | 9,000,000円  | 69   | 0円        | 330,000円 | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |
      | 9,000,000円  | 70   | 0円        | 380,000円 | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |
      | 9,500,000円  | 70   | 0円        | 260,000円 | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |
      | 10,000,000円 | 70   | 0円        | 130,000円 | https://www.city.fukuyama.hiroshima.jp/soshiki/shiminzei/2181.html |

    例: 令和7年度の配偶者の所得要件（小野市、改正前の48万円以下）
      | 所得        | 年齢 | 配偶者所得 | 控除額    | 出典                                                                             |
      | 4,000,000円 | 40   | 480,000円  | 330,000円 | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |
      | 4,000,000円 | 40   | 480,001円  | 0円       | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |

  @req:010-4.2.1-04
  シナリオアウトライン: 令和8年度は合計所得金額<配偶者所得>の配偶者に係る配偶者控除額が<控除額>である
    前提 「課税年度」は「令和8年度」である
    もし 次の内容で「配偶者控除の試算」を行う
      | 項目                 | 値           |
      | 合計所得金額         | 4,000,000円  |
      | 配偶者の年齢         | 40           |
      | 配偶者の合計所得金額 | <配偶者所得> |
    ならば 「配偶者控除額」は「<控除額>」である

    例: 改正後の所得要件58万円以下（小野市）
      | 配偶者所得 | 控除額    | 出典                                                                             |
      | 480,001円  | 330,000円 | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |
      | 580,000円  | 330,000円 | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |
      | 580,001円  | 0円       | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |

  @req:010-4.2.1-04
  シナリオアウトライン: 令和8年度は合計所得金額<親族所得>で17歳の親族に係る扶養控除額が<控除額>である
    前提 「課税年度」は「令和8年度」である
    もし 次の内容で「扶養控除の試算」を行う
      | 項目               | 値          |
      | 合計所得金額       | 4,000,000円 |
      | 親族の年齢         | 17          |
      | 親族の合計所得金額 | <親族所得>  |
      | 同居老親等         | いいえ      |
    ならば 「扶養控除額」は「<控除額>」である

    例: 改正後の所得要件58万円以下（小野市）
      | 親族所得  | 控除額    | 出典                                                                             |
      | 580,000円 | 330,000円 | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |
      | 580,001円 | 0円       | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |

  @req:010-4.2.1-04
  シナリオアウトライン: 令和8年度は合計所得金額<所得>の勤労学生の控除額が<控除額>である
    前提 「課税年度」は「令和8年度」である
    もし 次の内容で「本人の区分による控除の試算」を行う
      | 項目         | 値       |
      | 合計所得金額 | <所得>   |
      | 本人の区分   | 勤労学生 |
    ならば 「本人の区分による控除額」は「<控除額>」である

    例: 改正後の所得要件85万円以下（小野市）
      | 所得      | 控除額    | 出典                                                                             |
      | 850,000円 | 260,000円 | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |
      | 850,001円 | 0円       | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |

  @req:010-4.2.1-05
  シナリオアウトライン: <区分>に係る障害者控除額は<控除額>である
    前提 「課税年度」は「令和7年度」である
    もし 次の内容で「障害者控除の試算」を行う
      | 項目         | 値          |
      | 合計所得金額 | 4,000,000円 |
      | 障害の区分   | <区分>      |
    ならば 「障害者控除額」は「<控除額>」である

    例: 見附市の一覧表（令和3年度から）
      | 区分           | 控除額    | 出典                                                    |
      | 一般の障害者   | 260,000円 | https://www.city.mitsuke.niigata.jp/soshiki/5/3046.html |
      | 特別障害者     | 300,000円 | https://www.city.mitsuke.niigata.jp/soshiki/5/3046.html |
      | 同居特別障害者 | 530,000円 | https://www.city.mitsuke.niigata.jp/soshiki/5/3046.html |

  @req:010-4.2.1-06
  シナリオアウトライン: 合計所得金額<所得>の<区分>の控除額は<控除額>である
    前提 「課税年度」は「令和7年度」である
    もし 次の内容で「本人の区分による控除の試算」を行う
      | 項目         | 値     |
      | 合計所得金額 | <所得> |
      | 本人の区分   | <区分> |
    ならば 「本人の区分による控除額」は「<控除額>」である

    例: 寡婦とひとり親（見附市の一覧表、令和3年度から）
      | 区分     | 所得        | 控除額    | 出典                                                    |
      | 寡婦     | 5,000,000円 | 260,000円 | https://www.city.mitsuke.niigata.jp/soshiki/5/3046.html |
      | 寡婦     | 5,000,001円 | 0円       | https://www.city.mitsuke.niigata.jp/soshiki/5/3046.html |
      | ひとり親 | 4,999,999円 | 300,000円 | https://www.city.mitsuke.niigata.jp/soshiki/5/3046.html |
      | ひとり親 | 5,000,000円 | 300,000円 | https://www.city.mitsuke.niigata.jp/soshiki/5/3046.html |
      | ひとり親 | 5,000,001円 | 0円       | https://www.city.mitsuke.niigata.jp/soshiki/5/3046.html |

    例: 令和7年度の勤労学生（控除額は大分市、所得要件は小野市の改正前の75万円以下）
      | 区分     | 所得      | 控除額    | 出典                                                                             |
      | 勤労学生 | 750,000円 | 260,000円 | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |
      | 勤労学生 | 750,001円 | 0円       | http://www.city.ono.hyogo.jp/soshikikarasagasu/somubu_zeimuka/2_1/9/1/14369.html |
