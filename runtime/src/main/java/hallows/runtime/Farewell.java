package hallows.runtime;

import java.util.List;

/// The orderly stop of one shard's components: all are asked at once, and waited for until the
/// deadline.
final class Farewell {
    private final Shard shard;
    private final List<Post> posts;
    private final Runnable over;
    private final Deadline deadline = new Deadline();
    private boolean begun;
    private int waitingFor;
    private boolean told;

    Farewell(Shard shard, List<Post> posts, Runnable over) {
        this.shard = shard;
        this.posts = posts;
        this.over = over;
    }

    /// Begins it, with this deadline; once begun, the deadline is this one if it is the sooner.
    void by(long deadlineNanos) {
        if (!begun) {
            begun = true;
            begin(deadlineNanos);
        } else if (deadline.isArmed() && deadlineNanos - deadline.deadlineNanos() < 0) {
            shard.timers().arm(deadline, deadlineNanos);
        }
    }

    private void begin(long deadlineNanos) {
        shard.timers().arm(deadline, deadlineNanos);
        // One more than there are, so that it is over only after all were asked.
        waitingFor = posts.size() + 1;
        posts.forEach(post -> post.stop(this::oneFinished));
        oneFinished();
    }

    private void oneFinished() {
        waitingFor--;
        if (waitingFor == 0) {
            tell();
        }
    }

    private void tell() {
        if (!told) {
            told = true;
            over.run();
        }
    }

    private final class Deadline extends Timer {
        @Override
        protected void fired() {
            if (told) {
                return;
            }
            for (Post post : posts) {
                if (post.isFinishing()) {
                    shard.report(new Report.StopTimedOut(post.id()));
                }
            }
            tell();
        }
    }
}
