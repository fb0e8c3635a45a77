import './ops-events.ts';
