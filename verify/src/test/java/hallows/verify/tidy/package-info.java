/// What holds for each file: sizes, documents, life, and nothing written twice. On javac's own
/// trees.
@NullMarked
package hallows.verify.tidy;

import org.jspecify.annotations.NullMarked;
