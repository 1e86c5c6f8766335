@NullMarked
package hallows.runtime.os;

import org.jspecify.annotations.NullMarked;
