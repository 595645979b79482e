/** What `npm run mutation` adds to Stryker, with the options for it. */
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { RoomRunner } from './room-runner.mjs';
import { Sample } from './sample.mjs';

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'room', RoomRunner),
  declareClassPlugin(PluginKind.Checker, 'sample', Sample),
];

export const strykerValidationSchema = {
  properties: {
    room: { type: 'string' },
    oneIn: { type: 'integer', minimum: 1 },
    sampleSeed: { type: 'integer' },
  },
};
