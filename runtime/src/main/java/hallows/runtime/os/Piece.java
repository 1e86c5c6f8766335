package hallows.runtime.os;

import hallows.runtime.Region;
import org.jspecify.annotations.Nullable;

/// A part of a region that Netty has been given and the host has not taken whole.
interface Piece {
    /// How many bytes.
    long length();

    /// How many of them the host has taken.
    long taken();

    /// The region that ends with this piece, or null when it goes on.
    @Nullable Region ends();
}
