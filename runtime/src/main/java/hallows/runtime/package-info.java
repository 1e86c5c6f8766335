/// A shared-nothing runtime: one thread per core owns its connections and its data.
@NullMarked
package hallows.runtime;

import org.jspecify.annotations.NullMarked;
