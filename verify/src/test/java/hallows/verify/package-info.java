/// What holds for the whole house: its arrows, its coverage, its gates, its launcher.
@NullMarked
package hallows.verify;

import org.jspecify.annotations.NullMarked;
