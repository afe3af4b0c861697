/** What other rooms may use of calls. */
export { Call, CallState, MAX_TRANSCRIBING_MS, receivedCall, StateReason } from './call.ts';
export { type CallChanges, type CallStore, callStore } from './call-store.ts';
export { indexes, tableKey } from './call-table.ts';
export { FoundMoment, Moment } from './moment.ts';
