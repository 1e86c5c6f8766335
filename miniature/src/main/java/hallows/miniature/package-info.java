/// The flow in miniature: an append service that tries every part of the design before anyone
/// builds on it. A frame comes in, hops to its owner, is staged, written once a cycle, flushed in a
/// round, and answered in order; a reader follows what is durable.
@NullMarked
package hallows.miniature;

import org.jspecify.annotations.NullMarked;
