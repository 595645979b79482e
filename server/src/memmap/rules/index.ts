/** All rules, in the order of the manual. */
import type { Rule } from '../rule';
import { allowedOverlap } from './allowed-overlap';
import { assignedTwice } from './assigned-twice';
import { assumedOsid } from './assumed-osid';
import { duplicateOsid } from './duplicate-osid';
import { evidenceMismatch } from './evidence-mismatch';
import { extraDigit } from './extra-digit';
import { kernelLandsInOtherNode } from './kernel-lands-in-other-node';
import { kernelTextNotCovered } from './kernel-text-not-covered';
import { kernelTextOutsideOwnRegion } from './kernel-text-outside-own-region';
import { knownFailure } from './known-failure';
import { misaligned } from './misaligned';
import { negativeOrEmpty } from './negative-or-empty';
import { nodeOverlap } from './node-overlap';
import { osidMismatch } from './osid-mismatch';
import { outsideMemory } from './outside-memory';
import { outsideWindow } from './outside-window';
import { projectFile } from './project-file';
import { rangeDisagreesWithRegion } from './range-disagrees-with-region';
import { rangeEndOffByOne } from './range-end-off-by-one';
import { rangesUnsortedOrOverlapping } from './ranges-unsorted-or-overlapping';
import { regionOverlap } from './region-overlap';
import { signedOverflow } from './signed-overflow';
import { startNeverAssigned } from './start-never-assigned';
import { tooManyRanges } from './too-many-ranges';
import { treesDisagree } from './trees-disagree';
import { undefinedBehaviour } from './undefined-behaviour';
import { unknownValue } from './unknown-value';
import { unreadableSource } from './unreadable-source';
import { unusableEvidence } from './unusable-evidence';
import { unusedAllowance } from './unused-allowance';
import { unusedTree } from './unused-tree';

export const RULES: readonly Rule[] = [
  nodeOverlap,
  allowedOverlap,
  regionOverlap,
  rangeEndOffByOne,
  rangeDisagreesWithRegion,
  rangesUnsortedOrOverlapping,
  tooManyRanges,
  outsideWindow,
  outsideMemory,
  startNeverAssigned,
  assignedTwice,
  extraDigit,
  signedOverflow,
  negativeOrEmpty,
  misaligned,
  unknownValue,
  duplicateOsid,
  osidMismatch,
  assumedOsid,
  unusedTree,
  treesDisagree,
  kernelTextNotCovered,
  kernelTextOutsideOwnRegion,
  evidenceMismatch,
  unusableEvidence,
  unusedAllowance,
  kernelLandsInOtherNode,
  knownFailure,
  undefinedBehaviour,
  unreadableSource,
  projectFile,
];
