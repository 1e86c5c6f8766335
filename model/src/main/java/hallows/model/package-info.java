/// What we speak of: ids and outcomes. No I/O, no threads, no dependencies.
@NullMarked
package hallows.model;

import org.jspecify.annotations.NullMarked;
