package hallows.kafka;

import hallows.runtime.Endpoint;
import hallows.runtime.Link;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import java.io.ByteArrayOutputStream;

/// A link that takes all at once and keeps it.
final class CollectingLink implements Link {
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Override
    public void write(Region region) {
        byte[] bytes = new byte[(int) region.length()];
        ((MemoryRegion) region).buffer().get(bytes);
        sent.writeBytes(bytes);
        region.release();
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public void pauseReading() {}

    @Override
    public void resumeReading() {}

    @Override
    public void finish() {}

    @Override
    public void abort() {}

    @Override
    public Endpoint peer() {
        return new Endpoint("peer", 1);
    }
}
