/// The launcher, run on doctored machines.
@NullMarked
package hallows.verify.launcher;

import org.jspecify.annotations.NullMarked;
