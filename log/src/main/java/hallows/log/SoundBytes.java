package hallows.log;

import hallows.model.BatchView;
import java.nio.ByteBuffer;

/// Bytes that were read for somebody, looked at before they are served: whole batches one after the
/// other, each with the checksum of its bytes, their offsets ascending and below the bound. The
/// last one may be cut off.
///
/// @param bytes all of them
/// @param bound below which offset
record SoundBytes(ByteBuffer bytes, long bound) {
    /// Whether they are what was found.
    boolean areAfter(Lookup.Answer.Bytes found) {
        BatchView batch = new BatchView();
        long nextOffset = found.baseOffset();
        int at = 0;
        while (bytes.limit() - at >= BatchView.HEADER_BYTES) {
            batch.at(bytes, at);
            long size = BatchView.sizeAt(bytes, at);
            boolean isFound =
                    at > 0
                            || (batch.baseOffset() == found.baseOffset()
                                    && size == found.firstBytes());
            if (!isFound || size < BatchView.HEADER_BYTES || !follows(batch, nextOffset)) {
                return false;
            }
            if (size > bytes.limit() - at) {
                return true;
            }
            if (!batch.isSound()) {
                return false;
            }
            nextOffset = batch.nextOffset();
            at += (int) size;
        }
        return true;
    }

    private boolean follows(BatchView batch, long nextOffset) {
        return batch.magic() == BatchView.MAGIC
                && batch.lastOffsetDelta() >= 0
                && batch.baseOffset() >= nextOffset
                && batch.nextOffset() > batch.baseOffset()
                && batch.nextOffset() <= bound;
    }
}
