/** The Prometheus text format (exposition format 0.0.4), which OpenMetrics scrapers read too. */

import { alarmsIn, type MeasureContext, measures, type Sample } from '../../../actions/operations/measures.ts'
import type { Measured } from '../../../ports/measures.ts'

export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

/** Every measure as a gauge, and `egret_alarm`: 1 for each measure with a value above its threshold, else 0. */
export function metricsText(measured: Measured, context: MeasureContext): string {
  const alarms = new Set(alarmsIn(measured, context).map(({ measure }) => measure.name))
  const gauges = measures.map(({ name, help, samples }) =>
    gauge(
      name,
      help,
      samples(measured, context).map((sample) => line(name, labelsOf(sample), sample.value)),
    ),
  )
  const watched = measures.filter(({ alarmAbove }) => alarmAbove !== undefined)
  const alarm = gauge(
    'egret_alarm',
    'Whether a measure has a value above its threshold.',
    watched.map(({ name }) => line('egret_alarm', `{measure="${name}"}`, alarms.has(name) ? 1 : 0)),
  )
  return [...gauges, alarm].join('')
}

function gauge(name: string, help: string, lines: readonly string[]): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels} ${value === Number.POSITIVE_INFINITY ? '+Inf' : value}\n`
}

function labelsOf({ label }: Sample): string {
  return label === undefined ? '' : `{${label.name}="${escaped(label.value)}"}`
}

function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
}
