package hallows.runtime;

/// A home without a shard: travellers wait in a real queue until they are let in.
final class StressHome implements Home {
    /// More than ever come, so that one who comes again and again does not keep the test.
    private static final int ARRIVALS_MAX = 4;

    private final HomeQueue queue = new HomeQueue();
    private int failures;

    @Override
    public boolean here() {
        return false;
    }

    @Override
    public void welcome(Homing traveller) {
        queue.add(traveller);
    }

    /// Lets in who has come. One thread at a time.
    void arrivals() {
        for (int i = 0; i < ARRIVALS_MAX; i++) {
            Homing traveller = queue.poll();
            if (traveller == null) {
                return;
            }
            traveller.arrived();
        }
    }

    /// A tenure here whose failures are counted.
    Tenure tenure() {
        return new Tenure(this, _ -> failures++);
    }

    int failures() {
        return failures;
    }
}
