import { describe } from 'vitest';
import { describeAppend } from './append.contract.ts';
import { describeClose } from './close.contract.ts';
import { describeConsume } from './consume.contract.ts';
import { describeDeadLetters } from './dead-letters.contract.ts';
import { describeDuplicates } from './duplicates.contract.ts';
import { describeEphemeral } from './ephemeral.contract.ts';
import { createHarness, type ChannelUnderTest } from './harness.ts';
import { describeOrder } from './order.contract.ts';
import { describeRead } from './read.contract.ts';
import { describeResume } from './resume.contract.ts';
import { describeRetry } from './retry.contract.ts';
import { describeTail } from './tail.contract.ts';

/**
 * The contract of the event channel: the same cases for every adapter. Call it in a test file of the adapter.
 * Cases about what outlives a channel run when `reopen` is given.
 */
export function describeChannel(channel: ChannelUnderTest): void {
  describe(`the event channel on ${channel.name}`, () => {
    const harness = createHarness(channel);
    describeAppend(harness);
    describeDuplicates(harness);
    describeRead(harness);
    describeTail(harness);
    describeConsume(harness);
    describeRetry(harness);
    describeOrder(harness);
    describeDeadLetters(harness);
    describeEphemeral(harness);
    describeClose(harness);
    if (harness.canReopen) describeResume(harness);
  });
}
