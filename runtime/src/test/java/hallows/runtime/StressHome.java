package hallows.runtime;

/// A home without a shard: travellers wait in a real queue until they are let in.
final class StressHome implements Home {
    private final HomeQueue queue = new HomeQueue();

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
        Homing traveller = queue.poll();
        while (traveller != null) {
            traveller.arrived();
            traveller = queue.poll();
        }
    }

    /// A tenure here whose failures come out.
    Tenure tenure() {
        return new Tenure(
                this,
                failure -> {
                    throw new AssertionError(failure);
                });
    }
}
