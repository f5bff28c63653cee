/**
 * Units as codes. A record keeps a unit as it was written, 万元 or TJ/Gg; a way is found by the code, which alone can be taken apart at
 * its signs.
 */

import type { ActivityLine, FuelChoice, UnitCode } from '../../engine/types.ts'
import { unitCode } from '../../engine/units.ts'

/** A line with the code of every unit. @throws Problem `unknown-unit`. */
export function withCodes(line: ActivityLine): ActivityLine {
  const { transport, fuel, use } = line
  return {
    ...line,
    quantity: coded(line.quantity),
    meter: coded(line.meter),
    stock: coded(line.stock),
    gasBalance: coded(line.gasBalance),
    leakage: coded(line.leakage),
    density: coded(line.density),
    distance: coded(line.distance),
    enthalpy: coded(line.enthalpy),
    netCalorificValue: coded(line.netCalorificValue),
    transport: transport && { ...transport, payload: coded(transport.payload) },
    fuel: fuel && withFuelCodes(fuel),
    use: use && { ...use, consumption: coded(use.consumption) },
  }
}

/** The properties of a fuel, of a line or of a table's row, with the codes of their units. @throws Problem `unknown-unit`. */
export function withFuelCodes<Fuel extends Pick<FuelChoice, 'netCalorificValue' | 'carbonContent'>>(
  fuel: Fuel,
): Fuel {
  const { netCalorificValue, carbonContent } = fuel
  return { ...fuel, netCalorificValue: coded(netCalorificValue), carbonContent: coded(carbonContent) }
}

function coded<Value extends { readonly unit: UnitCode } | undefined>(value: Value): Value {
  return value && { ...value, unit: unitCode(value.unit) }
}
