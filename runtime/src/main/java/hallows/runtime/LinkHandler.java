package hallows.runtime;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What happens on a link, told on the core that owns it.
public interface LinkHandler {
    /// Where the next bytes go: between position and limit, at least one. Null stops reading until
    /// [Link#resumeReading].
    @Nullable ByteBuffer space();

    /// The position of the last `space` has moved on by `bytes`.
    void received(int bytes);

    /// All that was queued has been sent.
    void drained();

    /// The link has ended; nothing more is told. Exactly once for each welcome.
    void closed(LinkEnd end);
}
