export { dumpOf } from './dump.ts';
export { givenSaga } from '../saga/testing/given-saga.ts';
export type { ExpectedCommand, GivenSaga } from '../saga/testing/given-saga.ts';
export { SimulationEndless, simulateSagas } from '../saga/testing/simulate-sagas.ts';
export type { SimulatedFaults, Simulation, SimulationOptions } from '../saga/testing/simulate-sagas.ts';
export type { SimulatedContext, SimulatedHandler, SimulatedReply } from '../saga/testing/simulated-participant.ts';
export { TEST_SECRET, given, serve, sessionHeader, testLog } from './fixtures.ts';
export type { GivenEvent, TestServer, TestSession } from './fixtures.ts';
export { untilEvent } from './until-event.ts';
