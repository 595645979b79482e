/** All rules, in the order of the manual. */
import type { Rule } from '../rule';
import { assignedTwice } from './assigned-twice';
import { assumedOsid } from './assumed-osid';
import { duplicateOsid } from './duplicate-osid';
import { extraDigit } from './extra-digit';
import { knownFailure } from './known-failure';
import { misaligned } from './misaligned';
import { negativeOrEmpty } from './negative-or-empty';
import { nodeOverlap } from './node-overlap';
import { outsideWindow } from './outside-window';
import { regionOverlap } from './region-overlap';
import { signedOverflow } from './signed-overflow';
import { startNeverAssigned } from './start-never-assigned';
import { undefinedBehaviour } from './undefined-behaviour';
import { unknownValue } from './unknown-value';
import { unreadableSource } from './unreadable-source';

export const RULES: readonly Rule[] = [
  nodeOverlap,
  regionOverlap,
  outsideWindow,
  startNeverAssigned,
  assignedTwice,
  extraDigit,
  signedOverflow,
  negativeOrEmpty,
  misaligned,
  unknownValue,
  duplicateOsid,
  assumedOsid,
  knownFailure,
  undefinedBehaviour,
  unreadableSource,
];
