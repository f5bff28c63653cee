/** What whoever fills in the workbook has to know, in the order in which it is needed. */

import type { Bilingual } from '../../../web/language.ts'

/** What holds whichever sheets there are. */
const ofCells: readonly Bilingual[] = [
  {
    zh: '其他各行只选一种核算方式：因子、燃料（含碳量法）或气体。因子可写明因子表和编号，也可只写类别和地区由系统查找；查找到多条或没有时会列出候选。',
    en: 'Every other row has one way to be weighed: a factor, a fuel (by carbon content) or a gas. A factor is named by table and ID, or found by category and region; none or several are refused with what is near.',
  },
  {
    zh: '数量只填数字，不加千分位、不带单位，也不用全角数字。确实为零填 0；没有数据时不要填 0，也不要留空：请删除该行，或补齐数据。空格表示没有填写，不等于零。',
    en: 'Amounts are digits only, without thousands separator, unit or full-width digits. A true zero is 0. Where there are no data, neither write 0 nor leave the amount empty: delete the row, or find the data. An empty cell says nothing, and is never zero.',
  },
  {
    zh: '可以用公式，但要在 Excel 中算出结果并保存；公式算出的 0 会被退回，因为所引用的单元格可能是空的。不要合并表头以下的单元格，不要隐藏有数据的行列，不要加合计行。',
    en: 'Formulas are fine once Excel has calculated and saved them; a zero that a formula gives is refused, since the cell it reads may be empty. Below the header, merge no cells, hide no rows or columns that hold data, and add no totals.',
  },
  {
    zh: '表头的列可以删除或调换顺序，不可改名；表头认中文、英文和接口名称。其他名称的工作表不会被读取，导入结果会列出它们。',
    en: 'Columns may be deleted or moved, not renamed; headers are known in Chinese, in English and by their names in the API. Sheets of other names are not read, and the answer lists them.',
  },
  {
    zh: '有一处错误，整个文件都不会导入；系统会一次列出全部错误及其工作表和单元格，改完再交。请保存为 .xlsx（不含宏、不设密码）。',
    en: 'One fault, and nothing of the file is taken; all faults are listed at once with their sheets and cells, so that you mend the file once. Save as .xlsx (no macros, no password).',
  },
]

/** Of a product by its processes. */
export const rules: readonly Bilingual[] = [
  {
    zh: '先在“产品”填声明单位、系统边界和基准过程，再在“单元过程”列出各过程及其一次运行的产出，最后在“投入与排放”逐行填写每个过程的材料、能源、运输、直接排放和废物。工厂各表、“参数”和“循环材料”用到时才填。',
    en: 'State the declared unit, the boundary and the reference process in “Product”, list the processes with what one run of each makes in “Processes”, and write each input, energy, transport, direct emission and waste as a row of “Inputs”. The sheets of sites, “Parameters” and “Circular materials” only where they are used.',
  },
  {
    zh: '每个过程的投入都按“运行一次”填写，与该过程的“产出数量”对应：产出填一年的产量，投入就填一年的用量；产出填一件，投入就填一件的用量。',
    en: 'Inputs of a process belong to one run of it, as its output does: a year’s inputs with a year’s output, or what one piece takes with an output of one piece.',
  },
  {
    zh: '由本系统另一过程生产的投入（自产零部件、自产蒸汽）填“来源过程”，不填因子：它的排放在那个过程里计算。过程之间可以互相供应。',
    en: 'What another process of the system makes names that process under “Made by process” and has no factor: its emissions are counted there. Processes may supply each other.',
  },
  {
    zh: '一个过程有几种产出时，其余产出写在“联产品”，“单元过程”里选“分配方法”；按质量、能量等分配时在“产品属性”填每单位的数量。',
    en: 'Where a process makes several products, the others stand in “Co-products” and the process says its “Allocation”; what an allocation goes by stands in “Product properties”, per unit.',
  },
  {
    zh: '绿电：在“合同工具”和“绿证编号”填绿证或购电协议，在“产品”填对应产量；电力行的“合同工具”填其编号或组名，不填因子，并在同一过程加一行“输配”。未抵扣的电量另填一行，用电网因子。',
    en: 'Green power: state certificates or contracts in “Instruments” and “Certificates”, and in “Product” how much was made with it; rows of electricity name the instrument, or its group, and no factor, beside a row of transmission for as much. What is not covered is a row of its own, by the grid.',
  },
  {
    zh: '按工厂全年数据推算：在“工厂”各表填全年总量、合格产量和分摊依据，单元过程填“工厂”和“工厂产品”，该过程的行用“工厂总量”代替数量。各总量必须全部分完，分表之和不超过总表。',
    en: 'From a site’s year: state its totals, good output and keys in the sheets of the site, name site and product in “Processes”, and let rows of that process take a “Total of the site” instead of an amount. Each total is divided without remainder, and sub-meters never exceed their main meter.',
  },
  ...ofCells,
]

/** Of a product by what it is made of. */
export const billRules: readonly Bilingual[] = [
  {
    zh: '先在“产品”填声明单位和系统边界，再在“物料清单”按层级逐行填写：第一行是产品本身，层级 0；它的投入和零部件层级 1；零部件的投入紧跟其后，层级 2，依此类推。',
    en: 'State the declared unit and the boundary in “Product”, and fill in “Bill of materials” by level: the first row is the product itself, level 0; what goes into it has level 1; what goes into a part stands right below it, level 2, and so on.',
  },
  {
    zh: '“物料”是在此展开的自制件或组件，填名称、阶段和“投产数量”；其下各行的用量都对应这个投产数量：投产填 1 件，用量就填 1 件的；投产填一年的数量，用量就填一年的。',
    en: 'An “Item” is made of the rows below it and has names, a stage and what is “Started”; the amounts below it are for so much: those of one piece where one is started, a year’s where a year’s are.',
  },
  {
    zh: '“成品率”是合格产出 ÷ 投产。“废料”行说明不合格品的去向，不填用量即全部不合格品；其运输填运输距离。',
    en: 'The “Yield” is good output ÷ started. A row of “Scrap” says where the rejects go, all of them where it has no amount; their haulage has a distance.',
  },
  {
    zh: '同一物料用在几处时，只展开一次，其余各处填“引用物料”、同一编号和该处用量。',
    en: 'An item that is used in several places is spelt out once; elsewhere “Item used again”, the same ID, and the amount there.',
  },
  {
    zh: '“投入”是外购材料、能源、运输、直接排放等，填活动类别和用量，不再向下展开。灰色的格子不属于该类行，请留空。',
    en: 'An “Input” is bought material, energy, transport or an emission, with a category and an amount; nothing stands below it. Grey cells belong to other kinds of rows: leave them empty.',
  },
  ...ofCells,
]
