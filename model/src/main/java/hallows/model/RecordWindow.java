package hallows.model;

import java.nio.ByteBuffer;

/// Shows the records of a batch piece by piece, in their order.
public interface RecordWindow {
    /// The next bytes, from position to limit, good until the next call; none when all were seen.
    ByteBuffer next();
}
