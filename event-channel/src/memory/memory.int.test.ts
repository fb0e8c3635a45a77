import { memoryChannel } from './index.ts';
import { describeChannel } from '../testing/index.ts';

let time = Date.now();

describeChannel({
  name: 'memory',
  open: async (limits) => memoryChannel({ ...limits, now: () => time, onHandlerError: () => {} }),
  passDuplicateWindow: async () => void (time += 2_001),
});
