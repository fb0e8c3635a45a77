import { SampleChanged, sampleChangedSchema } from './sample-changed.ts';

/** The browser events that this micro frontend brings itself, for its build: what they look like goes into `mfe.json`. */
export const events = [{ event: SampleChanged, schema: sampleChangedSchema }];
