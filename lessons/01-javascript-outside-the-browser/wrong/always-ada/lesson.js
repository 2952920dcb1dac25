console.log('Hello, Ada');
