/**
 * The other way to find special categories, to compare: a linear model (logistic regression) over words and character n-grams, trained on
 * the half of the corpus that may be looked at and measured, like the rules, on the other. The same model for last messages that only
 * thank, behind the rules' vetoes, by cross-validation inside the half that may be looked at. Deterministic. After `npm run build`:
 * `node packages/records/corpus/compare-linear-model.mjs`
 */
import { pathToFileURL } from 'node:url'
import { wilson } from './measure-finder.mjs'
import { readChats, readMessages, writtenOn } from './read-corpus.mjs'

const buckets = 2 ** 17
const epochs = 30
const rate = 0.3
const decay = 1e-5
const folds = 5

/** Words and the n-grams of three to five characters in them, hashed (FNV-1a). @param {string} text @returns {number[]} */
function featuresOf(text) {
  const features = new Set()
  for (const [word] of text
    .toLowerCase()
    .normalize('NFKC')
    .matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    features.add(bucketOf(`w:${word}`))
    const padded = `<${word}>`
    for (let length = 3; length <= 5; length++) {
      for (let at = 0; at + length <= padded.length; at++)
        features.add(bucketOf(padded.slice(at, at + length)))
    }
  }
  return [...features]
}

/** @param {string} feature */
function bucketOf(feature) {
  let hash = 0x811c9dc5
  for (let index = 0; index < feature.length; index++)
    hash = Math.imul(hash ^ feature.charCodeAt(index), 0x01000193)
  return (hash >>> 0) % buckets
}

/** @param {Float64Array} weights @param {number[]} features */
function score(weights, features) {
  let sum = weights[buckets] ?? 0
  for (const feature of features) sum += weights[feature] ?? 0
  return 1 / (1 + Math.exp(-sum / Math.sqrt(features.length + 1)))
}

/** @param {{ text: string, sensitive: boolean }[]} examples */
export function train(examples) {
  const weights = new Float64Array(buckets + 1)
  const prepared = examples.map(({ text, sensitive }) => ({
    features: featuresOf(text),
    target: sensitive ? 1 : 0,
  }))
  for (let epoch = 0; epoch < epochs; epoch++) {
    // A fixed stride visits every example once, in another order each time.
    for (let step = 0; step < prepared.length; step++) {
      const { features, target } = /** @type {typeof prepared[number]} */ (
        prepared[(step * 7919 + epoch * 104729) % prepared.length]
      )
      const error = target - score(weights, features)
      const change = (rate / (1 + epoch / 5)) * error
      for (const feature of [...features, buckets])
        weights[feature] = (weights[feature] ?? 0) * (1 - decay) + change
    }
  }
  return (/** @type {string} */ text) => score(weights, featuresOf(text)) >= 0.5
}

/**
 * Recall and precision by message of a judge that says whether a text needs care.
 *
 * @param {(text: string) => boolean} judge
 * @param {{ text: string, sensitive: boolean }[]} examples
 */
export function figures(judge, examples) {
  const right = examples.filter(({ text, sensitive }) => sensitive && judge(text)).length
  const wrong = examples.filter(({ text, sensitive }) => !sensitive && judge(text)).length
  const all = examples.filter(({ sensitive }) => sensitive).length
  return `recall ${wilson(right, all)}, precision ${wilson(right, right + wrong)}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { personalDataIn } = await import('../dist/index.js')
  const examples = readMessages().map(({ file, text, expected, held }) => {
    return { file, text, held, sensitive: expected.some(({ kind }) => kind === 'SPECIAL_CATEGORY') }
  })
  const model = train(examples.filter(({ held }) => !held))
  /** @param {string} text */
  function rules(text) {
    return personalDataIn(text, /** @type {any} */ (writtenOn)).some(
      ({ kind }) => kind === 'SPECIAL_CATEGORY',
    )
  }
  const held = examples.filter((each) => each.held)
  const german = held.filter(({ file }) =>
    /^(?:special\.de|numbers2?|dates|ordinary|several)\.txt$/.test(file),
  )
  const others = held.filter((each) => !german.includes(each))
  for (const [name, part] of /** @type {const} */ ([
    ['German', german],
    ['other languages', others],
  ])) {
    process.stdout.write(`${name}: ${part.length} messages of the half nobody looks at\n`)
    process.stdout.write(
      `  rules over lexicons   ${figures(rules, part)}\n  linear model          ${figures(model, part)}\n`,
    )
  }

  const { isClosingText } = await import('../dist/finder/closing-text.js')
  const { asksSomething, isFormal, saysOf } = await import('../dist/finder/said-of-matter.js')
  /** A question, a number, a deed: no thanks beside it are the end. @param {string} text */
  function vetoed(text) {
    const deeds = /** @type {const} */ (['ANNOUNCED', 'DEMAND', 'TO_BE_DONE'])
    return (
      /[?؟0-9]/.test(text) ||
      asksSomething(text) ||
      isFormal(text) ||
      deeds.some((deed) => saysOf(text, deed))
    )
  }
  const last = readChats().flatMap(({ lines, held }) => {
    const { direction, text, onlyThanks } = lines.at(-1) ?? { direction: 'OUT', text: '', onlyThanks: false }
    return direction === 'IN' ? [{ text, sensitive: onlyThanks, held }] : []
  })
  const seen = last.filter((each) => !each.held)
  /** @type {Map<string, boolean>} */
  const modelSays = new Map()
  for (let fold = 0; fold < folds; fold++) {
    const thanks = train(seen.filter((_, index) => index % folds !== fold))
    for (const { text } of seen.filter((_, index) => index % folds === fold))
      modelSays.set(text, !vetoed(text) && thanks(text))
  }
  const thanks = train(seen)
  const unseen = last.filter((each) => each.held)
  for (const [name, part, judge] of /** @type {const} */ ([
    [
      `${folds} folds of the half that may be looked at`,
      seen,
      (/** @type {string} */ text) => modelSays.get(text) === true,
    ],
    ['the half nobody looks at', unseen, (/** @type {string} */ text) => !vetoed(text) && thanks(text)],
  ])) {
    process.stdout.write(`last messages that only thank: ${part.length}, ${name}\n`)
    process.stdout.write(
      `  rules over lexicons   ${figures(isClosingText, part)}\n  linear model          ${figures(judge, part)}\n`,
    )
  }
}
