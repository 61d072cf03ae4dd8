export {
  ConfigurationFault,
  type OfficeNumber,
  readConfig,
  type SimulatorConfig,
  type Webhook,
} from './config.ts'
export type { Faults } from './faults.ts'
export type { BubbleView, CitizenView, LiveEvent, OfficeView } from './page/view.ts'
export { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts'
