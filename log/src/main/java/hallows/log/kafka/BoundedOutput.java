package hallows.log.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/// Takes what a codec packs, up to a bound: what comes behind that is not kept, for a codec must be
/// closed in good order whatever has become of its batch.
final class BoundedOutput extends ByteBufferOutputStream {
    private final int bytesMax;
    private boolean overBound;

    /// Writes to `first`, and to larger ones when it is full.
    BoundedOutput(ByteBuffer first, int bytesMax) {
        super(first);
        this.bytesMax = bytesMax;
    }

    /// Whether there was more than may be.
    boolean isOverBound() {
        return overBound;
    }

    private boolean fits(int bytes) {
        overBound |= bytes > bytesMax - position();
        return !overBound;
    }

    @Override
    public void write(int b) {
        if (fits(1)) {
            super.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        if (fits(length)) {
            super.write(bytes, from, length);
        }
    }

    @Override
    public void write(ByteBuffer source) {
        if (fits(source.remaining())) {
            super.write(source);
        }
    }
}
