// A million promises are rejected, and nobody handles one of them.
for (let i = 0; i < 1e6; i++) Promise.reject(new Error(`dish ${i}`));
