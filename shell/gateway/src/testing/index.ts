export type { StreamMessage, StreamReader } from './browser.ts';
export type { GatewayFixture } from './gateway-fixture.ts';
export type { TinyMfe } from './tiny-build.ts';

export { cookieOf, readStream } from './browser.ts';
export { gatewayFixture, testPassword, testSecret } from './gateway-fixture.ts';
export { integrity, writeTinyMfe, writeTinyPage } from './tiny-build.ts';
