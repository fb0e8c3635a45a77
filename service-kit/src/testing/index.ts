export { givenSaga } from '../saga/testing/given-saga.ts';
export type { ExpectedCommand, GivenSaga } from '../saga/testing/given-saga.ts';
export { TEST_SECRET, given, serve, sessionHeader, testLog } from './fixtures.ts';
export type { GivenEvent, TestServer, TestSession } from './fixtures.ts';
export { untilEvent } from './until-event.ts';
