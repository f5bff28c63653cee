/**
 * Texts as searching sees them: full width is half width, capitals and accents say nothing, traditional characters are their
 * simplified ones, and what is left is cut into words. Used for what is searched and for what is asked, so that both agree.
 */

/** A word of letters and digits, or a run of Chinese (Japanese, Korean) characters, which are written without spaces. */
export type Word =
  | { readonly kind: 'run'; readonly text: string }
  /** `parts` are what stands between joiners, `joined` the same without them: `r`, `410a` and `r410a` of `R-410A`. */
  | { readonly kind: 'word'; readonly parts: readonly string[]; readonly joined: string }

/** Longer words are cut: nobody types them, and Postgres bounds a lexeme. */
const lengthMax = 60

/** Characters of tables and their subjects that have a simplified form; pairs, traditional first. */
const simplified = new Map(
  [
    ...'電电氣气運运車车風风區区鐵铁鋼钢廢废紙纸熱热廣广東东雲云貴贵蘇苏陝陕寧宁遼辽龍龙灣湾臺台質质體体',
    ...'溫温產产業业鋁铝銅铜鋅锌鎳镍鉛铅矽硅塗涂漿浆層层機机輪轮飛飞貨货載载輛辆輸输變变壓压線线網网損损',
    ...'發发轉转燒烧爐炉煉炼漁渔農农樹树膠胶纖纤維维織织綿绵麵面麥麦豬猪雞鸡鴨鸭魚鱼蝦虾飼饲飯饭館馆場场',
    ...'園园國国際际內内陸陆島岛縣县鄉乡鎮镇準准標标據据單单價价費费額额總总數数計计劃划設设備备儲储庫库',
    ...'閥阀間间門门關关類类種种處处環环護护滅灭劑剂製制藥药醫医療疗學学後后點点動动員员過过進进達达遠远',
    ...'適适邊边還还這这連连選选遞递鹽盐鹼碱銨铵鈉钠鉀钾鈣钙鎂镁氫氢氬氩烴烃礦矿磚砖華华習习廳厅廈厦廠厂',
    ...'廬庐慶庆應应態态換换採采擔担擇择擴扩攪搅敗败斷断時时曆历會会條条極极構构樓楼橋桥欄栏權权歐欧殘残',
    ...'殼壳氈毡沒没濟济濱滨濾滤無无爾尔牆墙獨独瑪玛畝亩異异當当疊叠積积穩稳窯窑節节籠笼約约級级紡纺細细',
    ...'終终組组結结絕绝統统絲丝經经綠绿綫线緊紧縮缩績绩繩绳續续羅罗義义聯联聲声脫脱腦脑腳脚臘腊與与興兴',
    ...'舊旧艙舱蓋盖藍蓝蘭兰號号術术補补裝装複复見见規规視视觸触訂订記记訊讯訓训託托許许評评試试話话該该',
    ...'詳详認认語语誤误說说調调論论證证識识譯译議议讀读讓让負负財财貢贡責责買买資资賓宾購购贛赣趕赶軌轨',
    ...'軟软軸轴較较輕轻輔辅遲迟鄰邻醬酱釀酿釋释針针釘钉鈑钣鈦钛鈷钴鉑铂銀银銷销鋒锋鋰锂錄录錫锡鍋锅鍍镀',
    ...'鍛锻鎢钨鏈链鐘钟鑄铸長长陽阳陰阴險险隨随雙双雜杂離离難难靜静響响頁页項项順顺須须預预領领頭头頻频',
    ...'題题顆颗願愿顯显飲饮馬马駐驻駛驶驗验驅驱鬆松鮮鲜鯨鲸鳥鸟鶴鹤麗丽黃黄齊齐齡龄齒齿',
  ]
    .join('')
    .match(/../gu)
    ?.map((pair): [string, string] => [...pair] as [string, string]),
)

/** A text without what makes no difference to someone who searches. */
export function fold(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase()
  return plain.replace(/\p{Script=Han}/gu, (character) => simplified.get(character) ?? character)
}

const runs = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`
const letters = `[[\\p{L}\\p{N}]--[${runs}]]+`
const wordForm = new RegExp(`[${runs}]+|${letters}(?:[\\-._\\/+]${letters})*`, 'gv')
const runForm = new RegExp(`^[${runs}]`, 'v')

/** The words of a text, in order. Everything else only divides them. */
export function wordsOf(text: string): readonly Word[] {
  return (fold(text).match(wordForm) ?? []).map((found): Word => {
    if (runForm.test(found)) return { kind: 'run', text: found }
    const parts = found.split(/[-._/+]/).map((part) => part.slice(0, lengthMax))
    return { kind: 'word', parts, joined: parts.join('').slice(0, lengthMax) }
  })
}

/** A run's characters and its pairs of neighbours: how any word in it is found without knowing where words end. */
export function pairsOf(run: string): readonly string[] {
  const characters = [...run]
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`)
}
