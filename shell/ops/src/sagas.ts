import './ops-sagas.ts';
