/** What other rooms may use of calls. */
export { Call, CallState, receivedCall, StateReason } from './call.ts';
export { type CallChanges, type CallStore, callStore, type Page, type PageRequest } from './call-store.ts';
export { indexes, tableKey } from './call-table.ts';
export { FoundMoment, Moment } from './moment.ts';
