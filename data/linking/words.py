"""Distilled words: a vector for every word, learned from the packaged sentence embeddings.

A ridge regression from tf-idf words to sentence embeddings gives each word a vector, and a
text is the weighted sum of its words:

.. math:: W = (X^T X + \\lambda I)^{-1} X^T Y

No model and no network are needed, and a task can be embedded without the title of its
role, which the packaged embedding of a task always carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from sklearn.feature_extraction.text import TfidfVectorizer

from data.linking.inputs import Inputs, Vectors, unit

RIDGE = 1.0
WORD = r"(?u)\b[a-z0-9][a-z0-9+#]+\b|\b[rc]\b"


@dataclass(frozen=True, slots=True, eq=False)
class DistilledWords:
    """Word vectors of shape (words, 384), with the tf-idf that weighs words in a text."""

    tfidf: TfidfVectorizer
    vectors: Vectors

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embeddings of the texts, length 1, of shape (texts, 384)."""
        return unit(np.asarray(self.tfidf.transform(texts) @ self.vectors, dtype=np.float32))


@lru_cache(maxsize=1)
def statement_words(inputs: Inputs, distilled: DistilledWords) -> tuple[Vectors, Vectors]:
    """Embeddings of the labels, and of the labels with what they mean; both of shape (statements, 384)."""
    return (
        distilled.embed([each.label for each in inputs.statements]),
        distilled.embed([f"{each.label}. {each.description}" for each in inputs.statements]),
    )


def distil(texts: Sequence[str], vectors: Vectors) -> DistilledWords:
    """Learn the words of texts whose embeddings are known.

    Parameters
    ----------
    texts : sequence of str
        Texts; words seen in two of them or more are learned.
    vectors : array of shape (texts, 384)
        Their sentence embeddings, length 1.
    """
    tfidf = TfidfVectorizer(token_pattern=WORD, min_df=2, sublinear_tf=True, dtype=np.float32)
    weights = tfidf.fit_transform(texts)
    gram = (weights.T @ weights).toarray()
    gram[np.diag_indices_from(gram)] += RIDGE
    factor = cho_factor(gram, lower=True, overwrite_a=True, check_finite=False)
    learned = cho_solve(factor, np.asarray(weights.T @ vectors), check_finite=False)
    # Rows side by side, or every product with sparse words would copy the whole table.
    return DistilledWords(tfidf, np.ascontiguousarray(learned, dtype=np.float32))
