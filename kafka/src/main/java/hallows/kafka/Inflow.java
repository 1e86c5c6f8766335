package hallows.kafka;

import hallows.runtime.Link;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What one client sends: its link is read while there is room for what comes, and rests otherwise,
/// until somebody looks at what is there.
final class Inflow {
    private final Link link;
    private final FrameIntake intake;
    private final Pace pace;

    /// Whether nothing is read from the link now.
    private boolean rests;

    /// It was refused memory when it looked last.
    private boolean starving;

    Inflow(Link link, FrameIntake intake, Pace pace) {
        this.link = link;
        this.intake = intake;
        this.pace = pace;
    }

    FrameIntake intake() {
        return intake;
    }

    /// Where the next bytes go; null for want of memory, or because it is full: the link rests, and
    /// who looks knows which of them.
    @Nullable ByteBuffer space() {
        if (intake.isEmpty()) {
            pace.opens();
        }
        ByteBuffer space = intake.space();
        rests = space == null;
        return space;
    }

    /// Bytes came. Where they have filled all there was, the link is not asked in vain for more.
    void received() {
        pace.moves();
        if (intake.isFull()) {
            rests = true;
            link.pauseReading();
        }
    }

    /// Looks whether a whole frame is there; reads on when bytes are needed.
    FrameIntake.Look look() {
        FrameIntake.Look look = intake.look();
        switch (look) {
            case NEEDS_BYTES -> readOn();
            case NEEDS_MEMORY -> starving = true;
            case FRAME, MALFORMED -> {}
        }
        return look;
    }

    private void readOn() {
        if (starving) {
            // That nothing came so far was not its client's fault.
            starving = false;
            pace.begins();
        }
        if (rests) {
            rests = false;
            link.resumeReading();
        }
    }

    /// The frame that was found is not needed any more; what comes next has begun with it.
    void done() {
        intake.done();
        pace.beginsNext();
    }

    /// Nobody looks for now, or ever again: who does not ask for memory now holds up nobody who
    /// does.
    void rest(boolean forEver) {
        if (!starving || forEver) {
            intake.leave();
        }
    }
}
