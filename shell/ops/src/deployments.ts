import './ops-deployments.ts';
