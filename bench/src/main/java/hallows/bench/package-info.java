/// Measurements beside others, in the same run: each states its question, its machine and its
/// noise.
@NullMarked
package hallows.bench;

import org.jspecify.annotations.NullMarked;
