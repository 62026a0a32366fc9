/* Words, sentences and paragraphs of the text, each as `{start, end}` in positions. */

export class Segments {
  constructor(positions, language) {
    this.positions = positions;
    this.segmenters = {
      word: new Intl.Segmenter(language, { granularity: "word" }),
      sentence: new Intl.Segmenter(language, { granularity: "sentence" }),
    };
    this.kept = { word: new Map(), sentence: new Map() };
  }

  of(paragraph, kind) {
    if (kind === "paragraph") return [{ start: paragraph.start, end: paragraph.end }];
    const kept = this.kept[kind];
    if (!kept.has(paragraph)) kept.set(paragraph, this.cut(paragraph, kind));
    return kept.get(paragraph);
  }

  cut(paragraph, kind) {
    const found = [];
    for (const piece of this.segmenters[kind].segment(paragraph.text)) {
      const words = piece.segment.trimEnd();
      if (kind === "word" ? !piece.isWordLike && !/\p{Extended_Pictographic}/u.test(words) : !words) continue;
      found.push({
        start: this.positions.ofUnit(paragraph, piece.index),
        end: this.positions.ofUnit(paragraph, piece.index + words.length),
      });
    }
    return found.length ? found : [{ start: paragraph.start, end: paragraph.end }];
  }

  /** The segment that holds a position, or the nearest before it in its paragraph. */
  at(position, kind) {
    const segments = this.of(this.positions.paragraphAt(position), kind);
    return segments.findLast((segment) => segment.start <= position) ?? segments[0];
  }

  next(position, kind) {
    const paragraph = this.positions.paragraphAt(position);
    const within = this.of(paragraph, kind).find((segment) => segment.start > position);
    const following = this.positions.paragraphs[paragraph.index + 1];
    return within ?? (following ? this.of(following, kind)[0] : null);
  }

  previous(position, kind) {
    const paragraph = this.positions.paragraphAt(position);
    const within = this.of(paragraph, kind).findLast((segment) => segment.end <= position && segment.start < position);
    const preceding = this.positions.paragraphs[paragraph.index - 1];
    return within ?? (preceding ? this.of(preceding, kind).at(-1) : null);
  }
}
