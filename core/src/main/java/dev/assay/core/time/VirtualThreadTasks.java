package dev.assay.core.time;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Virtual threads in real time. */
enum VirtualThreadTasks implements Tasks {
  INSTANCE;

  @Override
  public <T> Task<T> fork(String name, Callable<T> body) {
    FutureTask<T> future = new FutureTask<>(body);
    Thread thread = Thread.ofVirtual().name(name).start(future);
    return new Task<>() {
      @Override
      public T await() throws ExecutionException, InterruptedException {
        return future.get();
      }

      @Override
      public void interrupt() {
        thread.interrupt();
      }
    };
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  @Override
  public Signal signal() {
    return new LatchSignal();
  }

  private static final class LatchSignal implements Signal {
    private final CountDownLatch latch = new CountDownLatch(1);

    @Override
    public void fire() {
      latch.countDown();
    }

    @Override
    public boolean fired() {
      return latch.getCount() == 0;
    }

    @Override
    public void await() throws InterruptedException {
      latch.await();
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
      return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
