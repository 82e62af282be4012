// The thread that measures: nothing that the program does meanwhile can make an answer look slower (benchmarks T7).
import { parentPort, workerData } from 'node:worker_threads';
import { makeDirectSender } from '../send-direct.ts';
import { type LanesOrder, runLanes } from './run-lanes.ts';

// Whoever stops the measuring ends this thread.
const never = new AbortController().signal;

void runLanes(workerData as LanesOrder, makeDirectSender(), never).then((measured) =>
  parentPort?.postMessage(measured),
);
