export { TEST_SECRET, given, serve, sessionHeader, testLog } from './fixtures.ts';
export type { GivenEvent, TestServer, TestSession } from './fixtures.ts';
export { untilEvent } from './until-event.ts';
