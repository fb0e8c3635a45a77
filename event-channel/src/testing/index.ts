export { describeChannel } from './describe-channel.ts';
export type { ChannelUnderTest } from './harness.ts';
